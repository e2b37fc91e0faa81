/* The image of the bundled facts (facts_image.h), for the program. */
#if defined __CET__
# include <cet.h>
#endif
	.section .note.GNU-stack,"",%progbits
	.section .rodata
	.balign 8
	.globl facts_image_data
	.hidden facts_image_data
	.type facts_image_data, %object
facts_image_data:
	.incbin "scanner/store/facts_image.bin"
	.size facts_image_data, . - facts_image_data
