package io.tenantry.bench;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;

/** Result of the benchmark, as JSON. Money is text with eight decimals; values that could not be measured are null. */
record Report(
        Books.Figures books,
        long invariantsBroken,
        Expectation expected,
        double chargingSeconds,
        double arrivalCpuSeconds,
        Optional<Invoiced> invoiced,
        Optional<Consumption> jvm,
        Optional<Consumption> postgres) {

    /** Returns whether the product charged the expected amount to the last decimal, and its books are in order. */
    boolean isRight() {
        return books.chargedHours() == expected.hours()
                && books.total().equals(expected.total().toPlainString())
                && books.ledgerBalanced()
                && books.walletsMatch()
                && invoiced.map(this::isAllInvoiced).orElse(true)
                && invariantsBroken == 0;
    }

    /** Detects a missing document or a surplus line. */
    private boolean isAllInvoiced(Invoiced documentsPath) {
        return documentsPath.isWhole() && documentsPath.total().equals(books.total());
    }

    String json() {
        var all = new StringJoiner(",\n  ", "{\n  ", "\n}\n");
        all.add(field("servers", books.servers()));
        all.add(field("runs", books.runs()));
        all.add(field("charged_hours", books.chargedHours()));
        all.add(field("total", text(books.total())));
        all.add(field("flavours", flavours(books.flavours())));
        all.add(field("charging_seconds", decimal(chargingSeconds)));
        all.add(field("charges_per_second", chargesPerSecond()));
        all.add(field("arrival_cpu_ms", decimal(arrivalCpuSeconds * 1_000 / Math.max(books.servers(), 1))));
        invoiced.ifPresent(documentsPath -> {
            all.add(field("documents", documentsPath.documents()));
            all.add(field("document_lines", documentsPath.lines()));
            all.add(field("invoiced_total", text(documentsPath.total())));
            all.add(field("invoice_seconds", decimal(documentsPath.seconds())));
            all.add(field("invoice_cpu_seconds", decimal(documentsPath.cpuSeconds())));
        });
        all.add(field("cpu_seconds", both(used -> decimal(used.cpuSeconds()))));
        all.add(field("peak_rss_mb", both(used -> String.valueOf(used.peakRssMb()))));
        all.add(field(
                "expected",
                "{" + field("charged_hours", expected.hours()) + ", "
                        + field("total", text(expected.total().toPlainString())) + "}"));
        all.add(field("ledger_balanced", books.ledgerBalanced()));
        all.add(field("wallets_match", books.walletsMatch()));
        all.add(field("invariants_broken", invariantsBroken));
        return all.toString();
    }

    /** Hours charged by the job, divided by its seconds. */
    private long chargesPerSecond() {
        return Math.round(books.jobHours() / Math.max(chargingSeconds, 0.001));
    }

    private static String flavours(Map<String, Books.Flavour> flavours) {
        var all = new StringJoiner(",\n    ", "{\n    ", "\n  }");
        flavours.forEach((name, flavour) -> all.add(field(
                name,
                "{" + field("servers", flavour.servers()) + ", " + field("hours", flavour.hours()) + ", "
                        + field("amount", text(flavour.amount())) + "}")));
        return all.toString();
    }

    private String both(Function<Consumption, String> figure) {
        return "{" + field("jvm", jvm.map(figure).orElse("null")) + ", "
                + field("postgres", postgres.map(figure).orElse("null")) + "}";
    }

    /** Names and texts here are figures and sizes: no escaping needed. */
    private static String field(String name, Object value) {
        return text(name) + ": " + value;
    }

    private static String text(String value) {
        return '"' + value + '"';
    }

    private static String decimal(double seconds) {
        return String.format(Locale.ROOT, "%.2f", seconds);
    }
}
