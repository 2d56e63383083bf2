# Goal: doctor tells swap that may be read from a disk from swap that may not.
. "$(dirname "$0")/lib.sh"
cd "$work"

# In a mount namespace /proc/swaps and /sys/class/block are what we say.
cat >inside.sh <<'END'
set -e
mount --bind "$work/swaps" /proc/swaps
mount --bind "$work/block" /sys/class/block
"$TOCSIN" doctor --json >"$work/out" 2>"$work/err" || true
END
export work TOCSIN
: >swaps
mkdir block
if ! unshare -rm sh inside.sh 2>why || [ ! -s out ]; then
	echo "skipped: no mount namespaces here"
	done_testing
fi

# swap WHAT STATE LINE...: the state of the check for these lines.
swap() {
	what=$1 want=$2
	shift 2
	printf 'Filename\tType\tSize\tUsed\tPriority\n' >swaps
	for line; do
		printf '%s\n' "$line" >>swaps
	done
	: >out
	unshare -rm sh inside.sh || fail "$what: no namespace"
	is "$what" \
		"$(jq -r '.checks[] | select(.id == "swap").state' out)" "$want"
}

# device NAME [UUID [BELOW...]]
device() {
	mkdir -p "block/$1"
	if [ -n "${2:-}" ]; then
		mkdir -p "block/$1/dm"
		echo "$2" >"block/$1/dm/uuid"
	fi
	name=$1
	shift
	[ $# -le 1 ] || shift
	for below; do
		[ "$below" = "${below#CRYPT}" ] || continue
		mkdir -p "block/$name/slaves/$below"
	done
}

device sda2
device dm-0 CRYPT-LUKS2-0123-swap sda2
device dm-1 LVM-abc dm-0
device dm-2 LVM-def sda2
device dm-3 LVM-ghi dm-0 sda2
device dm-4 CRYPT-PLAIN-swap sda2
device md0 "" sda2 sda3
device loop7
device zram0
echo none >block/zram0/backing_dev
device zram1
echo /dev/sda3 >block/zram1/backing_dev

swap "no swap" ok
swap "a partition" warning '/dev/sda2 partition 1000 0 -2'
swap "dm-crypt" ok '/dev/dm-0 partition 1000 0 -2'
swap "dm-crypt with a key made at boot" ok '/dev/dm-4 partition 1000 0 -2'
swap "a volume on dm-crypt" ok '/dev/dm-1 partition 1000 0 -2'
swap "a volume on a disk" warning '/dev/dm-2 partition 1000 0 -2'
swap "a volume on two devices" unknown '/dev/dm-3 partition 1000 0 -2'
swap "RAID" unknown '/dev/md0 partition 1000 0 -2'
swap "a loop device" unknown '/dev/loop7 partition 1000 0 -2'
swap "compressed memory" ok '/dev/zram0 partition 1000 0 100'
swap "compressed memory before a disk" unknown '/dev/zram1 partition 1000 0 100'
swap "two, one open" warning '/dev/dm-0 partition 1000 0 -2' \
	'/dev/sda2 partition 1000 0 -3'
swap "two, one unknown" unknown '/dev/dm-0 partition 1000 0 -2' \
	'/dev/loop7 partition 1000 0 -3'
swap "a file that is gone" unknown '/no/such/swapfile file 1000 0 -2'

# A file is as secret as the device that it lies on, where it has one.
: >swapfile
dev=$(stat -c %d swapfile)
link=/sys/dev/block/$(((dev >> 8) & 4095)):$(((dev & 255) | ((dev >> 12) & 1048320)))
if [ -e "$link" ]; then
	below=$(basename "$(readlink "$link")")
	swap "a file on a disk" warning "$work/swapfile file 1000 0 -2"
	device "$below" CRYPT-LUKS2-0123-root
	swap "a file on dm-crypt" ok "$work/swapfile file 1000 0 -2"
else
	swap "a file on no device" unknown "$work/swapfile file 1000 0 -2"
fi
done_testing
