# Solves the block's equation exactly (2,000 J/K, 10 W/K, room at 20 degC) and adds noise: awk -f log.awk > log.csv
BEGIN {
  srand(1); warm = 0; print "time,temperature,power"
  for (k = 0; k < 400; k++) {
    if (k % 20 == 0) power = 100 * int(6 * rand())
    noise = 0.05 * (rand() + rand() + rand() + rand() - 2) / 0.577
    printf "%d,%.4f,%d\n", 1767225600 + 20 * k, 20 + warm + noise, power
    warm = power / 10 + (warm - power / 10) * exp(-0.1)
  }
}
