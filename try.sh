B=/tmp/w/st/build/bracked
i=0
while IFS= read -r line; do
printf 'Article 4\n\nOption 1: Parties shall pay.\n\n2. Parties shall report.\n' > base.txt
printf 'Article 4\n\nOption 1: Parties shall pay.\n\n'"$line"'\n\n2. Parties shall report.\n' > eu.txt; cp base.txt us.txt
$B merge --base base.txt -o all.txt -f --proof all.txt.proof EU=eu.txt US=us.txt 2>/dev/null
echo "--- $line"; sed -n '5,/^2/p' all.txt | sed '$d' | sed '/^$/d'
$B recover --proof all.txt.proof EU | cmp - eu.txt
done <<'X'
Option 2: Parties should pay. (EU)
Option 2: [Parties should pay.] (EU)
Option 2: [Parties should pay.](EU)
Option 2: [EU: Parties should pay.]
Option 2: [Parties should pay. - EU]
Option 2 (EU): Parties should pay.
[Option 2: Parties should pay.] (EU)
[EU: Option 2: Parties should pay.]
Option 2: [Parties should pay.] (EU, US)
Option 2: [Parties should pay.] (EU)\n\nOption 3: [Nobody pays.] (EU)
Option 2: [Parties should pay.] (EU: reserve)
Option 2: Parties should [pay.] (EU)
1 bis. [Parties should pay.] (EU)
[1 bis. Parties should pay.] (EU)
[1 bis.] Parties should pay. (EU)
(a) [Parties should pay.] (EU)
Option 2: [Parties should pay.\n\nThey do.] (EU)
## [Article 5] (EU)
X
