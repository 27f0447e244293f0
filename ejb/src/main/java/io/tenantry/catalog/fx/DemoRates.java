package io.tenantry.catalog.fx;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Locale;

/** Rates that change a little each working day, the same in every demo: a demo contacts no bank, and its clock runs ahead of all of them. */
final class DemoRates implements RateSource {
    private static final int CYCLE = 61;
    private static final BigDecimal STEP = new BigDecimal("0.0011");

    @Override
    public String name() {
        return "demo";
    }

    @Override
    public boolean isOn() {
        return true;
    }

    @Override
    public String since(LocalDate after, LocalDate today) {
        var file = new StringBuilder("Date,USD,GBP,CHF,CAD,PLN,JPY\n");
        for (var day = after.plusDays(1); !day.isAfter(today); day = day.plusDays(1)) {
            if (day.getDayOfWeek() != DayOfWeek.SATURDAY && day.getDayOfWeek() != DayOfWeek.SUNDAY) {
                file.append(String.format(
                        Locale.ROOT,
                        "%s,%s,%s,%s,%s,%s,%s%n",
                        day,
                        of(day, "1.0830"),
                        of(day, "0.8412"),
                        of(day, "0.9371"),
                        of(day, "1.4910"),
                        of(day, "4.2950"),
                        of(day, "163.40")));
            }
        }
        return file.toString();
    }

    private static String of(LocalDate day, String around) {
        var middle = new BigDecimal(around);
        var swing = BigDecimal.valueOf(Math.abs(day.toEpochDay() % CYCLE - CYCLE / 2) - CYCLE / 4);
        return middle.add(middle.multiply(swing).multiply(STEP))
                .setScale(4, RoundingMode.HALF_UP)
                .toPlainString();
    }
}
