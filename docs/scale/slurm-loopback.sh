#!/bin/sh
# A Slurm cluster of two nodes on this machine's loopback, to try things:
# munged, slurmctld and two slurmd, all of whose files are in one folder.
# It needs neither systemd nor root, nor a configured munge.
#
#   slurm-loopback.sh start DIR          then: export SLURM_CONF=DIR/slurm.conf
#   slurm-loopback.sh stop DIR           end all of it; DIR stays
#   slurm-loopback.sh kill DIR NAME      node1, node2 or controller: at once,
#                                        with all that runs there
#   slurm-loopback.sh start DIR NAME     that one again
#
# PORT, PORT+1 and PORT+2 (16817) are listened on. Never for other people's
# use: whoever has an account here can talk to it.
set -eu

die() {
	echo "slurm-loopback.sh: $*" >&2
	exit 1
}

configure() {
	me=$(id -un)
	port=${PORT:-16817}
	mkdir -p "$dir/state" "$dir/log" "$dir/munge" \
		"$dir/spool/node1" "$dir/spool/node2"
	chmod 755 "$dir" "$dir/munge"
	[ -s "$dir/munge/key" ] || (umask 077 &&
		dd if=/dev/urandom of="$dir/munge/key" bs=1024 count=1 \
			2>/dev/null)
	cat >"$dir/slurm.conf" <<END
ClusterName=loopback
SlurmctldHost=localhost(127.0.0.1)
SlurmUser=$me
SlurmdUser=$me
AuthType=auth/munge
# a job that is queued again waits for cred_expire, otherwise two minutes
AuthInfo=socket=$dir/munge/socket,cred_expire=15
CryptoType=crypto/munge
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool/%n
SlurmctldPidFile=$dir/controller.pid
SlurmdPidFile=$dir/%n.pid
SlurmctldLogFile=$dir/log/controller
SlurmdLogFile=$dir/log/%n
SlurmctldPort=$port
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_min_interval=0,bf_interval=1
MpiDefault=none
AccountingStorageType=accounting_storage/none
JobAcctGatherType=jobacct_gather/none
JobRequeue=1
ReturnToService=2
SlurmctldTimeout=30
SlurmdTimeout=10
InactiveLimit=0
KillWait=5
MinJobAge=3600
NodeName=node1 NodeHostname=localhost NodeAddr=127.0.0.1 Port=$((port + 1)) CPUs=1 RealMemory=2000
NodeName=node2 NodeHostname=localhost NodeAddr=127.0.0.1 Port=$((port + 2)) CPUs=1 RealMemory=2000
PartitionName=scan Nodes=node[1-2] Default=YES MaxTime=INFINITE State=UP
END
}

# --- starting ----------------------------------------------------------------

start_munge() {
	munged --force --socket="$dir/munge/socket" \
		--key-file="$dir/munge/key" --pid-file="$dir/munge.pid" \
		--log-file="$dir/log/munge" --seed-file="$dir/munge/seed" \
		2>"$dir/log/munge-start" ||
		die "munged does not start: $(cat "$dir/log/munge-start")"
}

start_one() {
	case $1 in
	controller) slurmctld -f "$SLURM_CONF";;
	node1|node2) slurmd -N "$1" -f "$SLURM_CONF";;
	*) die "no such part: $1";;
	esac
}

start() {
	for tool in munged slurmctld slurmd sinfo ps; do
		command -v $tool >/dev/null || die "there is no $tool:" \
			"apt-get install slurm-wlm munge procps"
	done
	configure
	start_munge
	for one in controller node1 node2; do
		start_one $one || die "$one does not start:" \
			"$(tail -n 3 "$dir/log/$one")"
	done
	for i in $(seq 60); do
		[ "$(sinfo -h -N -t idle -o %N 2>/dev/null | wc -l)" != 2 ] ||
			return 0
		sleep 1
	done
	die "the nodes do not come up: see $dir/log"
}

# --- ending ------------------------------------------------------------------

# The processes of a node but for its slurmd: those that run a script in its
# spool folder, what started them (slurmstepd), and all below
steps() {
	ps -eo pid=,ppid=,args= | awk -v spool="$dir/spool/$1/" '
	{ parent[$1] = $2; if (index($0, " " spool)) found[$2] }
	END {
		do {
			more = 0
			for (p in parent)
				if (!(p in found) && parent[p] in found) {
					found[p]
					more = 1
				}
		} while (more)
		for (p in found)
			if (p in parent && p > 1)
				print p
	}'
}

kill_one() {
	if [ -s "$dir/$1.pid" ]; then
		kill -9 "$(cat "$dir/$1.pid")" 2>/dev/null || :
		rm -f "$dir/$1.pid"
	fi
	for pid in $(steps "$1"); do
		kill -9 "$pid" 2>/dev/null || :
	done
}

stop() {
	for one in node1 node2 controller munge; do
		kill_one $one
	done
}

# --- the command -------------------------------------------------------------

usage="usage: slurm-loopback.sh start|stop|kill DIR [node1|node2|controller]"
[ $# = 2 ] || [ $# = 3 ] || die "$usage"
PATH=$PATH:/usr/sbin:/sbin
mkdir -p "$2"
dir=$(cd "$2" && pwd)
export SLURM_CONF="$dir/slurm.conf"
case $1-$# in
start-2|stop-2) "$1";;
start-3) start_one "$3";;
kill-3) kill_one "$3";;
*) die "$usage";;
esac
