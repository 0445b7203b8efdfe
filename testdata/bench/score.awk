# The same scoring in awk: mawk -f score.awk IN.csv > OUT.csv
function hundredths(n, scale,  h, s) {
  h = int((200 * n + scale) / (2 * scale))
  s = sprintf("%d.%02d", int(h / 100), h % 100)
  sub(/0$/, "", s)
  return s
}
BEGIN { FS = ","; OFS = "," }
NR == 1 { print "id,outcome,strength,margin,fit_pm,fit_po,strategy,research,backlog,team"; next }
{
  r[0] = r[1] = r[2] = r[3] = 0
  for (i = 0; i < 20; i++) r[i % 4] += $(i + 2) - 1
  for (i = 20; i < 24; i++) r[i % 4] += 5 - $(i + 2)
  pm = 300 * r[0] + 200 * r[1]
  po = 300 * r[2] + 200 * r[3]
  margin = pm > po ? pm - po : po - pm
  if (margin <= 1200) { outcome = "hybrid"; twice = pm + po }
  else if (pm >= po) { outcome = "pm"; twice = 2 * pm }
  else { outcome = "po"; twice = 2 * po }
  strength = twice >= 15600 ? "strong" : twice >= 10800 ? "moderate" : "weak"
  print $1, outcome, strength, hundredths(margin, 120), hundredths(pm, 120), hundredths(po, 120), hundredths(100 * r[0], 24), hundredths(100 * r[1], 24), hundredths(100 * r[2], 24), hundredths(100 * r[3], 24)
}
