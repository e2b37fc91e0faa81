/* Who holds a seat, as far as it is kept. */
#include "extract/seat.h"

#include "base/limits.h"

void seat_release(struct seat_persons *p)
{
	map_release(&p->numbers);
}

struct str seat_host(struct extraction *x, struct str address)
{
	size_t at = str_rfind_ch(address, '@');
	struct str host = str_from(address, at == SIZE_MAX ? address.n
							   : at + 1);

	while (host.n && host.p[host.n - 1] == '.')
		host.n--;
	if (at == 0 || host.n == 0 || host.n > LIMIT_HOST_BYTES)
		return STR("");
	for (size_t i = 0; i < host.n; i++)
		if (!ascii_is_alnum(host.p[i]) && host.p[i] != '.' &&
		    host.p[i] != '-')
			return STR("");
	return arena_lower(x->arena, host);
}

struct seat *seat_add(struct extraction *x, struct seat_persons *p,
		      enum seat_role role, struct str who, unsigned line)
{
	struct seat *s = component_add_seat(x->parts, x->root, role,
					    (struct evidence){x->path, line});

	s->host = seat_host(x, who);
	if (who.n)
		s->person = *map_put(&p->numbers,
				     arena_lower(x->scratch, who), s->person,
				     NULL);
	return s;
}
