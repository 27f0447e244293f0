package io.tenantry.billing.bank.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The processor time of reading a table grows with its rows, whatever the rows are: four times the rows must not take sixteen times as long.
 * The limit of an upload is a safety net, not the usual end of a large file.
 */
@Tag("measured")
class RowCostTest {
    private static final int FEW = 800;
    private static final int TIMES = 4;

    /** Linear growth is 4, quadratic growth 16; compilation and garbage collection blur both. */
    private static final int FACTOR_MAX = 9;

    /** Below this, the measured times say nothing about growth. */
    private static final Duration SMALL = Duration.ofMillis(300);

    private static final String HEADER = "Buchungstag;Wertstellung;Auftraggeber;Verwendungszweck;IBAN;Betrag;Währung\n";
    private static final String BOOKED =
            "05.01.2026;05.01.2026;Max Muster;Rechnung 17;DE02120300000000202051;12,50;EUR\n";

    private static final ReadDefaults DEFAULTS =
            new ReadDefaults("main", Currency.getInstance("EUR"), "DE", LocalDate.of(2026, 1, 31));

    private record Shape(String name, String above, String repeated, String below) {
        @Override
        public String toString() {
            return name;
        }

        byte[] file(int rows) {
            return (above + repeated.repeat(rows) + below).getBytes(StandardCharsets.UTF_8);
        }
    }

    static List<Shape> shapes() {
        return List.of(
                new Shape("payments", HEADER, BOOKED, ""),
                new Shape("payments out", HEADER, BOOKED.replace("12,50", "-12,50"), ""),
                new Shape("notes below", HEADER + BOOKED, "Hinweis: alle Angaben ohne Gewähr\n", ""),
                new Shape("notes of a currency below", HEADER + BOOKED, "Alle Beträge in USD;;;;;;\n", ""),
                new Shape("remarks above", "Nur vorgemerkte Umsätze\n".repeat(3) + HEADER, BOOKED, ""),
                new Shape("titles", "", "Kontoauszug für Januar 2026;;;;;;\n", HEADER + BOOKED),
                new Shape("totals", HEADER + BOOKED, "Summe;;;;;12,50;EUR\n", ""),
                new Shape("balances", HEADER, BOOKED + "05.01.2026;;Endsaldo;;;112,50;EUR\n", ""),
                new Shape("opening balances", HEADER + BOOKED, "05.01.2026;;Anfangssaldo;;;112,50;USD\n", ""),
                new Shape("headers", "", HEADER + BOOKED, ""),
                new Shape("headers alone", "", HEADER, BOOKED),
                new Shape("parts", HEADER, BOOKED + ";;;davon;;6,25;\n;;;davon;;6,25;\n", ""),
                new Shape("continued texts", HEADER + BOOKED, ";;;und eine weitere Zeile Text;;;\n", ""),
                new Shape("blank rows", HEADER + BOOKED, ";;;;;;\n", BOOKED),
                new Shape("too few cells", HEADER, "05.01.2026;05.01.2026;Max\n", ""),
                new Shape("too many cells", HEADER, BOOKED.replace("EUR", "EUR;;;;;;x"), ""),
                new Shape("unknown currencies", HEADER, BOOKED.replace("EUR", "Taler"), ""),
                new Shape("other currencies", HEADER, BOOKED.replace("EUR", "USD"), ""),
                new Shape("pending", HEADER, BOOKED.replace("Rechnung 17", "vorgemerkt"), ""),
                new Shape("ambiguous amounts", HEADER, BOOKED.replace("12,50", "1.250"), ""),
                new Shape(
                        "many columns",
                        HEADER.replace("\n", ";Spalte".repeat(40) + "\n"),
                        BOOKED.replace("\n", ";x".repeat(40) + "\n"),
                        ""));
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void growsWithTheNumberOfRows(Shape shape) {
        var unusedWarmUp = time(shape.file(FEW / 10));
        var few = time(shape.file(FEW));
        var many = time(shape.file(FEW * TIMES));

        assertThat(many.compareTo(SMALL) < 0 || many.toNanos() <= few.toNanos() * FACTOR_MAX)
                .as("%s rows take %s ms, %s rows take %s ms", FEW, few.toMillis(), FEW * TIMES, many.toMillis())
                .isTrue();
    }

    private static Duration time(byte[] file) {
        var threads = ManagementFactory.getThreadMXBean();
        var before = threads.getCurrentThreadCpuTime();
        read(file);
        return Duration.ofNanos(threads.getCurrentThreadCpuTime() - before);
    }

    private static void read(byte[] file) {
        try {
            var statement = CsvStatement.open(file, CsvProfile.DETECT, DEFAULTS);
            assertThat(statement.read()).isNotNull();
        } catch (UnreadableStatement refused) {
            assertThat(refused).hasMessageNotContaining("null");
        }
    }
}
