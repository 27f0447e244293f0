package io.tenantry.billing.bank.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.bank.statement.StatementProblem.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables in the layouts that banks write, and tables with uncertain parts. */
class CsvStatementTest {

    /** A table and the expected outcome of its rows. */
    record Case(String currency, String country, String title, String table, String expected) {
        @Override
        public String toString() {
            return title;
        }
    }

    static Stream<Case> cases() {
        return cases("/io/tenantry/billing/bank/csv-cases.txt");
    }

    static Stream<Case> cases(String resource) {
        try (var in = CsvStatementTest.class.getResourceAsStream(resource)) {
            var text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split("(?m)^## ", -1)).skip(1).map(CsvStatementTest::parsed);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Case parsed(String text) {
        var first = text.indexOf('\n');
        var arrow = text.lastIndexOf("\n-> ");
        var head = text.substring(0, first).split(" ", 3);
        var table = text.substring(first + 1, arrow)
                .replace("\\u00a0", "\u00a0")
                .replace("\\u202f", "\u202f")
                .replace("\\u2212", "\u2212")
                .replace("\\u00ad", "\u00ad")
                .replace("\\r", "\r");
        return new Case(
                head[0], head[1], head[2], table, text.substring(arrow + 4).strip());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void readsOnlyWhatIsCertain(Case given) {
        assertThat(result(given)).isEqualTo(given.expected());
    }

    private static String result(Case given) {
        return result(given, CsvProfile.DETECT);
    }

    static String result(Case given, CsvProfile profile) {
        try {
            var defaults = Reading.defaults(given.currency(), given.country());
            return Reading.rows(Reading.csv(given.table(), profile, defaults)).toString();
        } catch (UnreadableStatement refused) {
            return "refused " + refused.problem().reason() + " line "
                    + refused.problem().line();
        }
    }

    @Test
    void keepsEveryRowOnceWithItsLine() throws UnreadableStatement {
        var statement = Reading.csv("""
                Kontostand;1,00 EUR

                Datum;Text;Betrag
                17.04.2026;"two
                lines";10,00
                18.04.2026;x;zehn

                Summe;;10,00
                """);
        assertThat(statement.rows()).extracting(StatementRow::line).containsExactly(4, 6, 7, 8);
        assertThat(statement.reviews()).singleElement().satisfies(row -> {
            assertThat(row.raw()).isEqualTo("18.04.2026;x;zehn");
            assertThat(row.detail()).isEqualTo("zehn");
            assertThat(row.known().bookedOn()).contains(LocalDate.of(2026, 4, 18));
            assertThat(row.known().amount()).isEmpty();
            assertThat(row.known().purpose()).isEqualTo("x");
        });
    }

    @Test
    void readsAllTextsOfATransaction() throws UnreadableStatement {
        var file = """
                Buchungstag;Name Zahlungsbeteiligter;IBAN Zahlungsbeteiligter;Verwendungszweck;Kundenreferenz;Betrag;Waehrung;IBAN Auftragskonto;Bankreferenz
                03.11.2026;"Müller; Söhne";DE02 1203 0000 0000 2020 51;"Rechnung \""7\""\";E2E-1;1.119,00;EUR;DE89370400440532013000;B-1
                """;
        for (var encoding : List.of("windows-1252", "UTF-8", "ISO-8859-15")) {
            var read = Reading.read(file.getBytes(Charset.forName(encoding)), CsvProfile.DETECT, Reading.GERMAN);
            assertThat(read.transactions())
                    .containsExactly(new BankTransaction(
                            "DE89370400440532013000",
                            "B-1",
                            LocalDate.of(2026, 11, 3),
                            new BigDecimal("1119.00"),
                            Currency.getInstance("EUR"),
                            "Müller; Söhne",
                            "DE02120300000000202051",
                            "Rechnung \"7\" E2E-1"));
        }
    }

    @Test
    void usesTheProfileForWhatCannotBeDetected() throws UnreadableStatement {
        var file = "Wann;Wieviel;Wer\n03/04/2026;1.234;Ann\n";
        refuses(Reason.NO_COLUMN, file, CsvProfile.DETECT);
        var mapping = new ColumnMapping(
                Map.of(ColumnRole.DATE, List.of(0), ColumnRole.AMOUNT, List.of(1), ColumnRole.PAYER, List.of(2)));
        var profile = CsvProfile.DETECT
                .withColumns(mapping)
                .withDateOrder(DateOrder.MONTH_FIRST)
                .withDecimalMark(DecimalMark.COMMA);
        assertThat(Reading.csv(file, profile, Reading.GERMAN).transactions())
                .singleElement()
                .satisfies(read -> {
                    assertThat(read.bookedOn()).isEqualTo("2026-03-04");
                    assertThat(read.amount()).isEqualByComparingTo("1234");
                    assertThat(read.payer()).isEqualTo("Ann");
                });
        var names = CsvProfile.DETECT.withNames(
                Map.of(ColumnRole.DATE, "wann", ColumnRole.AMOUNT, " Wieviel ", ColumnRole.PAYER, "Wer"));
        assertThat(Reading.rows(Reading.csv(file, names.withDecimalMark(DecimalMark.COMMA), Reading.GERMAN)))
                .containsExactly("1234 EUR");
        assertThat(Reading.rows(Reading.csv(file, names.withDecimalMark(DecimalMark.POINT), Reading.GERMAN)))
                .containsExactly("review AMOUNT");
    }

    @Test
    void prefersTheDateOrderOfTheFileToTheSavedOne() throws UnreadableStatement {
        var saved = CsvProfile.DETECT.withDateOrder(DateOrder.MONTH_FIRST);
        var file = "Date,Description,Amount\n04/02/2026,x,1.00\n%s,y,-2.00\n";
        assertThat(Reading.csv(file.formatted("05/02/2026"), saved, Reading.GERMAN)
                        .transactions())
                .extracting(BankTransaction::bookedOn)
                .containsExactly(LocalDate.of(2026, 4, 2), LocalDate.of(2026, 5, 2));
        assertThat(Reading.csv(file.formatted("17/02/2026"), saved, Reading.GERMAN)
                        .transactions())
                .extracting(BankTransaction::bookedOn)
                .containsExactly(LocalDate.of(2026, 2, 4), LocalDate.of(2026, 2, 17));
        refuses(Reason.DATE_ORDER, file.formatted("17/02/2026") + "02/17/2026,z,-3.00\n", saved);
    }

    @Test
    void neverReadsARowBelowTheHeaderAsHeader() throws UnreadableStatement {
        var mapping = mapping(0, 1, 2);
        var rows = """
                offen;RF138641464252;10,00
                Vorgemerkte Umsätze;;
                17.04.2026;RF138641464252;20,00
                Gebuchte Umsätze;;
                18.04.2026;RF138641464252;30,00
                19.04.2026;x;-1,00
                """;
        for (var names : List.of("Datum;Verwendungszweck;Betrag\n", "Wann;Wozu;Wieviel\n", "")) {
            assertThat(Reading.rows(Reading.csv(names + rows, mapping, Reading.GERMAN)))
                    .as(names)
                    .containsExactly("skip PENDING", "skip NOTE", "skip PENDING", "skip NOTE", "30 EUR", "-1 EUR");
        }
        for (var names : List.of("Datum;Verwendungszweck;Betrag\n", "Wann;Wozu;Wieviel\n")) {
            assertThat(Reading.layout(names + rows, mapping).fingerprint())
                    .as(names)
                    .isEqualTo(Reading.layout(names + "18.04.2026;x;30,00\n", mapping)
                            .fingerprint());
        }
    }

    @Test
    void doesNotReadATitleAsHeader() throws UnreadableStatement {
        var rows = "17.04.2026;RF138641464252;10,00\n18.04.2026;x;-5,00\n";
        var mapping = mapping(0, 1, 2);
        assertThat(Reading.layout("Umsätze Girokonto\n" + rows, mapping).header())
                .isEmpty();
        assertThat(Reading.rows(Reading.csv("Umsätze Girokonto\n" + rows, mapping, Reading.GERMAN)))
                .containsExactly("10 EUR", "-5 EUR");
        assertThat(Reading.csv("Vorgemerkte Umsätze\n" + rows, mapping, Reading.GERMAN)
                        .transactions())
                .noneMatch(transaction -> transaction.amount().signum() > 0);
    }

    private static CsvProfile mapping(int date, int purpose, int amount) {
        return CsvProfile.DETECT.withColumns(new ColumnMapping(Map.of(
                ColumnRole.DATE, List.of(date),
                ColumnRole.PURPOSE, List.of(purpose),
                ColumnRole.AMOUNT, List.of(amount))));
    }

    @Test
    void distinguishesFilesWithoutHeaderByTheirCells() throws UnreadableStatement {
        var one = Reading.layout("17.04.2026;x;17.04.2026;1,00;EUR;y\n".repeat(2), mapping(0, 1, 3));
        var same = Reading.layout("19.04.2026;7;19.04.2026;-1.234,00;CHF;\n", mapping(0, 1, 3));
        var other = Reading.layout("AT131490022010010999;x;17.04.2026;17.04.2026;1,00;EUR\n", mapping(2, 1, 4));
        assertThat(same.fingerprint()).isEqualTo(one.fingerprint());
        assertThat(other.width()).isEqualTo(one.width());
        assertThat(other.fingerprint()).isNotEqualTo(one.fingerprint());
    }

    @Test
    void fingerprintsAHeaderByItsNames() throws UnreadableStatement {
        assertThat(Reading.layout("Datum;Text;Betrag\n03.04.2026;a;5,00\n").fingerprint())
                .isEqualTo("9377addd785e11d671856227235e59a2ab53af69847aa7af4658a647bea38bdd");
    }

    @Test
    void refusesTooManyLinesBeforeSplittingThem() {
        refuses(Reason.TOO_MANY, "1\n".repeat(60_001), CsvProfile.DETECT);
    }

    @Test
    void readsNoTextUnlessAColumnIsNamedForIt() throws UnreadableStatement {
        var file = "Tag;Wert;Wozu\n2026-11-09;5,00;RF138641464252\n";
        assertThat(Reading.layout(file).unknown()).containsExactly(2);
        assertThat(Reading.csv(file).transactions()).isEmpty();
        var mapping = new ColumnMapping(
                Map.of(ColumnRole.DATE, List.of(0), ColumnRole.AMOUNT, List.of(1), ColumnRole.PURPOSE, List.of(2)));
        var read = Reading.csv(file, CsvProfile.DETECT.withColumns(mapping), Reading.GERMAN);
        assertThat(read.transactions())
                .singleElement()
                .satisfies(transaction -> assertThat(transaction.purpose()).isEqualTo("RF138641464252"));
    }

    @Test
    void refusesAMappingThatDoesNotFit() {
        var beyond = new ColumnMapping(Map.of(ColumnRole.DATE, List.of(0), ColumnRole.AMOUNT, List.of(7)));
        refuses(Reason.MAPPING, "Datum;Betrag\n03.04.2026;5,00\n", CsvProfile.DETECT.withColumns(beyond));
        var wrong = new ColumnMapping(Map.of(ColumnRole.DATE, List.of(1), ColumnRole.AMOUNT, List.of(0)));
        refuses(Reason.MAPPING, "Datum;Betrag\n03.04.2026;5,00\n", CsvProfile.DETECT.withColumns(wrong));
    }

    @Test
    void requiresAMappingForAFileWithoutHeader() throws UnreadableStatement {
        var file = "03.04.2026;5,00;Ann\n04.04.2026;6,00;Bob\n";
        refuses(Reason.NO_COLUMN, file, CsvProfile.DETECT);
        var mapping = new ColumnMapping(
                Map.of(ColumnRole.DATE, List.of(0), ColumnRole.AMOUNT, List.of(1), ColumnRole.IGNORED, List.of(2)));
        var profile = CsvProfile.DETECT.withHeaderLine(0).withColumns(mapping);
        assertThat(Reading.rows(Reading.csv(file, profile, Reading.GERMAN))).containsExactly("5 EUR", "6 EUR");
    }

    @Test
    void findsASavedDetectedMappingAgain() throws UnreadableStatement {
        var first = "Konto;DE02120300000000202051\n\nDatum;Text;Betrag\n03.04.2026;a;5,00\n";
        var second = "Datum;Text;Betrag\n05.06.2026;b;7,00\n06.06.2026;c;-8,00\n";
        var layout = Reading.layout(first);
        assertThat(layout.headerLine()).isEqualTo(3);
        assertThat(layout.header()).containsExactly("Datum", "Text", "Betrag");
        assertThat(layout.problem()).isEmpty();
        assertThat(Reading.layout(second).fingerprint()).isEqualTo(layout.fingerprint());
        assertThat(Reading.layout(second.replace("Text", "Zweck")).fingerprint())
                .isNotEqualTo(layout.fingerprint());
        assertThat(Reading.rows(Reading.csv(second, layout.profile(), Reading.GERMAN)))
                .isEqualTo(Reading.rows(Reading.csv(second)));
    }

    @Test
    void readsUnsignedAmountsInTheConfiguredDirection() throws UnreadableStatement {
        var file = "Date,Description,Amount\n2026-04-17,Oak,10.00\n2026-04-18,Elm,20.00\n";
        assertThat(Reading.rows(Reading.csv(file, unsigned(Direction.IN), Reading.GERMAN)))
                .containsExactly("10 EUR", "20 EUR");
        assertThat(Reading.rows(Reading.csv(file, unsigned(Direction.OUT), Reading.GERMAN)))
                .containsExactly("-10 EUR", "-20 EUR");
    }

    @Test
    void prefersTheDirectionOfARowToTheConfiguredOne() throws UnreadableStatement {
        var file = """
                Date,Type,Description,Amount
                2026-04-17,Payment,Oak,10.00
                2026-04-17,Refund,Oak,10.00
                2026-04-17,Fee,Oak,10.00
                2026-04-17,Whatever,Withdrawal of Oak,10.00
                """;
        assertThat(Reading.rows(Reading.csv(file, unsigned(Direction.IN), Reading.GERMAN)))
                .containsExactly("10 EUR", "review DIRECTION", "review DIRECTION", "review DIRECTION");
    }

    private static CsvProfile unsigned(Direction direction) {
        var detected = CsvProfile.DETECT;
        return new CsvProfile(
                detected.encoding(),
                detected.separator(),
                detected.headerLine(),
                detected.columns(),
                detected.names(),
                detected.dateOrder(),
                detected.decimalMark(),
                Optional.of(direction),
                detected.currency(),
                detected.isOthersConfirmed(),
                detected.acceptedLines());
    }

    @Test
    void keepsASecondReferenceOfAnyColumnInThePurpose() throws UnreadableStatement {
        for (var column : List.of("EndToEndId", "Name", "Kategorie", "Bankreferenz", "IBAN")) {
            var file = "Datum;Verwendungszweck;Betrag;" + column
                    + "\n17.04.2026;RF138641464252;10,00;RF47 1234 5678 90\n18.04.2026;x;-10,00;Y\n";
            assertThat(Reading.csv(file).transactions())
                    .first()
                    .satisfies(read -> assertThat(read.purpose())
                            .as(column)
                            .contains("RF138641464252")
                            .contains("RF47 1234 5678 90"));
        }
    }

    @Test
    void usesOnlyTransmittedTextsAsPurpose() throws UnreadableStatement {
        var file = "Datum;Verwendungszweck;Betrag;EndToEndId;Name\n17.04.2026;x;10,00;RF138641464252;RF471234567890\n";
        assertThat(Reading.csv(file).transactions())
                .singleElement()
                .satisfies(read ->
                        assertThat(read.purpose()).contains("RF138641464252").contains("RF471234567890"));
        assertThat(Reading.csv(file.replace("EndToEndId", "Kategorie")).transactions())
                .singleElement()
                .satisfies(read -> assertThat(read.purpose()).isEqualTo("x"));
    }

    @Test
    void comparesTotalsOfTheFile() throws UnreadableStatement {
        var file = """
                Datum;Text;Betrag;Saldo
                01.04.2026;Anfangssaldo;;100,00
                02.04.2026;a;10,00;110,00
                03.04.2026;b;-20,00;90,00
                03.04.2026;Endsaldo;;90,00
                """;
        var totals = Reading.csv(file).totals();
        assertThat(totals.checks())
                .extracting(StatementTotals.Check::figure)
                .containsExactlyInAnyOrder(
                        StatementTotals.Figure.RUNNING_BALANCE, StatementTotals.Figure.CLOSING_BALANCE);
        assertThat(totals.agree()).isTrue();
        assertThat(Reading.csv(file.replace("Endsaldo;;90,00", "Endsaldo;;91,00"))
                        .totals()
                        .agree())
                .isFalse();
    }

    @Test
    void acceptsAnyLineEndAndEncoding() throws UnreadableStatement {
        var file = "Datum;Empfänger;Betrag\n17.04.2026;Süd;10,00\n18.04.2026;Nord;-5,00\n";
        var expected = Reading.csv(file).transactions();
        var files = new ArrayList<byte[]>();
        for (var end : List.of("\n", "\r\n", "\r")) {
            var text = file.replace("\n", end);
            files.add(text.getBytes(StandardCharsets.UTF_8));
            files.add(("\ufeff" + text).getBytes(StandardCharsets.UTF_8));
            files.add(("\ufeff" + text).getBytes(StandardCharsets.UTF_16LE));
            files.add(("\ufeff" + text).getBytes(StandardCharsets.UTF_16BE));
            files.add(text.getBytes(StandardCharsets.UTF_16LE));
            files.add(text.getBytes(StandardCharsets.UTF_16BE));
            files.add(text.getBytes(Charset.forName("windows-1252")));
            files.add(text.getBytes(Charset.forName("ISO-8859-15")));
        }
        for (var each : files) {
            assertThat(Reading.read(each, CsvProfile.DETECT, Reading.GERMAN).transactions())
                    .isEqualTo(expected);
        }
    }

    private static void refuses(Reason reason, String file, CsvProfile profile) {
        assertThatThrownBy(() -> Reading.csv(file, profile, Reading.GERMAN))
                .isInstanceOfSatisfying(
                        UnreadableStatement.class,
                        refused -> assertThat(refused.problem().reason()).isEqualTo(reason));
    }
}
