# Random sequences of styles, with a text of before put back in between, by turns of the seed $1: after each step the names
# are those of the beginning, on as many brackets, and in the end the text comes back to the byte.
names() {
	bracked positions draft.txt | grep '^ ' | sort
}

# Any of the numbers from 0 to $1 - 1, into $any.
draw() {
	seed=$(((seed * 1103515245 + 12345) % 2147483648))
	any=$((seed / 65536 % $1))
}

seed=$1
rm -f draft.txt.ledger
bracked attribute draft.txt --style prefix >/dev/null 2>&1
cp draft.txt text.0
names >names.0
steps=0
while [ $steps -lt 10 ]; do
	draw 4
	case $any in
	0) style=prefix ;;
	1) style=paren ;;
	2) style=dash ;;
	*) style=none ;;
	esac
	bracked attribute draft.txt --style $style >/dev/null 2>&1
	steps=$((steps + 1))
	cp draft.txt text.$steps
	did="$did $style"
	names | cmp -s - names.0 || echo "seed $1: other names after$did"
	draw 2
	[ $any -eq 0 ] && continue
	draw $steps
	cp text.$any draft.txt
	did="$did text.$any"
	names | cmp -s - names.0 || echo "seed $1: other names after$did"
done
bracked attribute draft.txt --style prefix >/dev/null 2>&1
cmp -s draft.txt text.0 || echo "seed $1: another text after$did"
