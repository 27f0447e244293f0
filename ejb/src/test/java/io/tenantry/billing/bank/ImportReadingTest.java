package io.tenantry.billing.bank;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.bank.statement.BankTransaction;
import io.tenantry.billing.bank.statement.ReadDefaults;
import io.tenantry.billing.bank.statement.StatementProblem;
import io.tenantry.billing.bank.statement.StatementProblem.Reason;
import io.tenantry.billing.bank.statement.StatementReader;
import io.tenantry.billing.bank.statement.StatementRow;
import io.tenantry.billing.bank.statement.UnreadableStatement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Currency;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A form submits everything that was detected of a file: that alone changes nothing and solves no problem. */
class ImportReadingTest {
    private static final String FOLDER = "/io/tenantry/billing/bank/samples/";
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 25);

    /** What a user must answer before a file can be read: its columns without a header, its encoding, columns that do not matter. */
    private static final Map<String, Map<String, String>> MAPPINGS = Map.ofEntries(
            entry("raiffeisen-at.csv", Map.of("DATE", "0", "AMOUNT", "3", "PURPOSE", "1", "CURRENCY", "4")),
            entry("bawag.csv", Map.of("DATE", "2", "AMOUNT", "4", "PURPOSE", "1", "CURRENCY", "5")),
            entry("hsbc-uk.csv", Map.of("DATE", "0", "AMOUNT", "2", "PURPOSE", "1")),
            entry("wells-fargo.csv", Map.of("DATE", "0", "AMOUNT", "1", "PURPOSE", "4")),
            entry("otp-no-header.csv", Map.of("DATE", "4", "AMOUNT", "2", "PURPOSE", "9", "CURRENCY", "3")),
            entry("santander-pl.csv", Map.of("DATE", "0", "AMOUNT", "5", "PURPOSE", "2", "PAYER", "3")),
            entry(
                    "mollie-payments.csv",
                    Map.of("DATE", "0", "AMOUNT", "3", "CURRENCY", "2", "STATUS", "4", "PURPOSE", "6")),
            entry("sumup-transactions.csv", Map.of("DATE", "1", "AMOUNT", "17", "PURPOSE", "11", "STATUS", "4")),
            entry("payoneer.csv", Map.of(ProfileSettings.OTHER_COLUMNS, ProfileSettings.CONFIRMED)),
            entry("pleo.csv", Map.of(ProfileSettings.OTHER_COLUMNS, ProfileSettings.CONFIRMED)),
            entry("pko-bp.csv", Map.of(ProfileSettings.ENCODING, "windows-1250")),
            entry("mbank.csv", Map.of(ProfileSettings.ENCODING, "windows-1250")),
            entry("ing-pl.csv", Map.of(ProfileSettings.ENCODING, "windows-1250")),
            entry("csob-cz.csv", Map.of(ProfileSettings.ENCODING, "windows-1250")));

    /** A sample file and the settings it is read with. */
    record Sample(String file, ReadDefaults defaults) {
        ImportReading read(Map<String, String> settings) throws UnreadableStatement {
            return reading(resource(file), settings, defaults);
        }

        @Override
        public String toString() {
            return file;
        }
    }

    static Stream<Sample> samples() {
        return new String(resource("expected.txt"), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split("\\|", 4))
                .filter(cells -> cells[0].strip().endsWith(".csv"))
                .map(cells -> new Sample(cells[0].strip(), defaults(cells[1].strip(), cells[2].strip())));
    }

    private static byte[] resource(String name) {
        try (var in = ImportReadingTest.class.getResourceAsStream(FOLDER + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static ReadDefaults defaults(String currency, String country) {
        return new ReadDefaults("-", Currency.getInstance(currency), country, TODAY);
    }

    private static ImportReading reading(byte[] content, Map<String, String> settings, ReadDefaults defaults)
            throws UnreadableStatement {
        return ImportReading.of(
                StatementReader.open("file", content).get(0), ProfileSettings.known(settings), Map.of(), defaults);
    }

    private static ImportReading reading(String text, Map<String, String> settings) throws UnreadableStatement {
        return reading(text.getBytes(StandardCharsets.UTF_8), settings, defaults("EUR", "DE"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void unchangedMappingReadsTheSame(Sample sample) throws UnreadableStatement {
        var given = new HashMap<>(MAPPINGS.getOrDefault(sample.file(), Map.of()));
        if (!given.isEmpty()) {
            given.put(ProfileSettings.OTHER_COLUMNS, ProfileSettings.CONFIRMED);
        }
        var first = sample.read(given);
        assertThat(first.problem()).isEmpty();
        var stated = new HashMap<>(given);
        stated.putAll(first.understood());
        var again = sample.read(stated);
        assertThat(again.problem()).isEmpty();
        assertThat(again.header()).isEqualTo(first.header());
        assertThat(again.fingerprint()).isEqualTo(first.fingerprint());
        assertThat(again.understood()).isEqualTo(first.understood());
        assertThat(again.statement()).isPresent().isEqualTo(first.statement());
    }

    @Test
    void pendingRowsStayPendingInEveryMapping() throws UnreadableStatement {
        var file = """
                Datum;Verwendungszweck;Betrag
                Vorgemerkte Umsätze;;
                17.04.2026;RF138641464252;10,00
                Gebuchte Umsätze;;
                18.04.2026;RF138641464252;20,00
                19.04.2026;x;-1,00
                """;
        var settings = new HashMap<>(reading(file, Map.of()).understood());
        settings.put(ProfileSettings.UNSIGNED, "IN");
        var read = reading(file, settings).statement().orElseThrow();
        assertThat(read.rows()).hasSize(5);
        assertThat(read.transactions())
                .extracting(BankTransaction::amount)
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(new BigDecimal("20"), new BigDecimal("-1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Date,Description,Amount,Betrag\n2026-04-17,RF138641464252,100.00,90.00\n",
                "Date,Description,Credit,Credit,Debit\n2026-04-17,RF138641464252,100.00,90.00,\n",
                "Booking date;Purpose;Currency;Amount;Settlement amount;Settlement currency\n10.11.2026;x;EUR;100,00;115,00;USD\n",
                "Date,Transaction ID,Status,Description,Total,Net,Tax,Fee\n2026-11-03,TAA1,Successful,x,119.00,100.00,19.00,2.00\n"
            })
    void staysRefusedIfNoColumnIsChosen(String file) throws UnreadableStatement {
        var refused = reading(file, Map.of());
        assertThat(reason(refused)).isEqualTo(Reason.AMBIGUOUS_COLUMN);
        assertThat(reason(reading(file, refused.understood()))).isEqualTo(Reason.AMBIGUOUS_COLUMN);
    }

    @Test
    void choosingTheAmountColumnResolvesTheRefusal() throws UnreadableStatement {
        var file = "Date,Description,Amount,Betrag\n2026-04-17,RF138641464252,100.00,90.00\n";
        var settings = new HashMap<>(reading(file, Map.of()).understood());
        settings.put("AMOUNT", "3");
        assertThat(reading(file, settings).statement().orElseThrow().transactions())
                .singleElement()
                .satisfies(read -> assertThat(read.amount()).isEqualByComparingTo("90"));
    }

    @Test
    void requiresACurrencyIfItIsUncertain() throws UnreadableStatement {
        var file = "Datum;Text;Betrag;Währung;Betrag in Kontowährung\n10.11.2026;RF138641464252;110,00;USD;98,00\n";
        var settings = new HashMap<>(reading(file, Map.of()).understood());
        settings.put("AMOUNT", "2");
        var amountAlone = reading(file, settings);
        assertThat(reason(amountAlone)).isEqualTo(Reason.AMBIGUOUS_COLUMN);
        assertThat(reason(reading(file, amountAlone.understood()))).isEqualTo(Reason.AMBIGUOUS_COLUMN);
        settings.put("CURRENCY", "3");
        assertThat(reading(file, settings).problem()).isEmpty();
        settings.remove("CURRENCY");
        settings.putAll(Map.of("AMOUNT", "4", ProfileSettings.CURRENCY, "EUR"));
        assertThat(reading(file, settings).problem()).isEmpty();
    }

    @Test
    void comparesCurrenciesIfNoCurrencyColumnIsChosen() throws UnreadableStatement {
        var file = """
                09.11.2026;RF138641464252;100,00;EUR
                10.11.2026;RF138641464252;50,00;USD
                11.11.2026;x;-1,00;EUR
                """;
        var read = reading(file, Map.of("DATE", "0", "PURPOSE", "1", "AMOUNT", "2"))
                .statement()
                .orElseThrow();
        assertThat(read.reviews())
                .singleElement()
                .satisfies(row -> assertThat(row.reason()).isEqualTo(StatementRow.ReviewReason.CURRENCY));
        assertThat(read.transactions())
                .extracting(BankTransaction::amount)
                .usingElementComparator(BigDecimal::compareTo)
                .containsExactly(new BigDecimal("100"), new BigDecimal("-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\n", "\u0000", "\u0085", "\"", "a", "7"})
    void rejectsAnInvalidSeparator(String separator) {
        assertThatThrownBy(() -> reading("Date,Text,Amount\n2026-11-03,x,1.00\n", Map.of("separator", separator)))
                .isInstanceOfSatisfying(
                        UnreadableStatement.class,
                        refused -> assertThat(refused.problem().reason()).isEqualTo(Reason.NO_COLUMN));
    }

    @Test
    void amountsSplitBySeparatorsStayRefused() throws UnreadableStatement {
        var file = "Date,Amount,Text,Notes\n2026-11-03,12,50,RF138641464252,\n2026-11-04,-12,50,x,\n";
        var refused = reading(file, Map.of());
        assertThat(reason(refused)).isEqualTo(Reason.AMOUNT);
        assertThat(reason(reading(file, refused.understood()))).isEqualTo(Reason.AMOUNT);
    }

    private static Reason reason(ImportReading reading) {
        return reading.problem().map(StatementProblem::reason).orElseThrow();
    }
}
