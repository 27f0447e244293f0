package io.tenantry.bench;

import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * The expected cost of the whole trace, computed from the file and the rule in words, as an independent oracle for the product. Shares no code
 * with the product or the rest of the benchmark: has its own reader, hours and rounding, hour by hour.
 *
 * @param hours started hours of all servers
 * @param total their price
 */
record Expectation(long hours, BigDecimal total) {
    private static final BigInteger HOUR = BigInteger.valueOf(3_600_000_000L);
    private static final BigDecimal HOURS_OF_A_MONTH = new BigDecimal("730");

    /**
     * Computes the total of the file.
     *
     * @param firstMonth the calendar month (UTC) at whose first second the trace begins
     */
    static Expectation of(Path file, YearMonth firstMonth) throws IOException {
        var rows = new ArrayList<String[]>();
        var last = BigInteger.ZERO;
        try (var reader = new BufferedReader(new StringReader(text(file)))) {
            String line;
            while ((line = reader.readLine()) != null) {
                var cells = line.trim().split("\\s*,\\s*", -1);
                if (cells.length == 5 && cells[0].matches("[0-9.]+")) {
                    rows.add(cells);
                    last = last.max(micros(cells[0]));
                }
            }
        }
        var end = last.add(BigInteger.valueOf(300_000_000));
        var hours = 0L;
        var total = BigDecimal.ZERO;
        for (var cells : rows) {
            var from = micros(cells[0]);
            var to = cells[1].isEmpty() ? end : micros(cells[1]).min(end);
            // A started hour counts in full, and an arrival starts one.
            var started = to.subtract(from)
                    .add(HOUR)
                    .subtract(BigInteger.ONE)
                    .divide(HOUR)
                    .max(BigInteger.ONE);
            hours += started.longValueExact();
            total = total.add(price(cells, from, started.intValueExact(), firstMonth));
        }
        return new Expectation(hours, total.setScale(8, RoundingMode.UNNECESSARY));
    }

    private static BigDecimal price(String[] cells, BigInteger from, int started, YearMonth firstMonth) {
        var monthly = new BigDecimal("4")
                .multiply(new BigDecimal(cells[3]))
                .add(new BigDecimal("1.5").multiply(new BigDecimal(cells[4])));
        var hourly = monthly.divide(HOURS_OF_A_MONTH, 8, RoundingMode.HALF_UP);
        var hoursByMonth = new TreeMap<YearMonth, Integer>();
        for (var hour = 0; hour < started; hour++) {
            var begins = from.add(HOUR.multiply(BigInteger.valueOf(hour)));
            var day = begins.divide(HOUR.multiply(BigInteger.valueOf(24))).longValueExact();
            hoursByMonth.merge(YearMonth.from(firstMonth.atDay(1).plusDays(day)), 1, Integer::sum);
        }
        return hoursByMonth.values().stream()
                .map(count -> hourly.multiply(BigDecimal.valueOf(count)).min(monthly))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigInteger micros(String seconds) {
        return new BigDecimal(seconds).scaleByPowerOfTen(6).toBigIntegerExact();
    }

    private static String text(Path file) throws IOException {
        try (var in = new FileInputStream(file.toFile())) {
            var bytes = in.readAllBytes();
            if (bytes.length > 1 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b) {
                try (var unzipped = new GZIPInputStream(new java.io.ByteArrayInputStream(bytes));
                        var reader = new InputStreamReader(unzipped, StandardCharsets.UTF_8)) {
                    var all = new java.io.StringWriter();
                    reader.transferTo(all);
                    return all.toString();
                }
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
