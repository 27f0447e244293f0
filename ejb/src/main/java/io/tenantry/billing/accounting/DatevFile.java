package io.tenantry.billing.accounting;

import io.tenantry.billing.accounting.DatevBatch.Booking;
import io.tenantry.kernel.csv.Csv;
import io.tenantry.text.InputText;
import java.nio.charset.Charset;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A batch in the format that DATEV reads: "EXTF", version 700, category 21 ("Buchungsstapel"), version 13 of that category. It consists of a
 * header of 31 fields, a line with the names of all 125 columns, and a line for each booking, in Windows-1252, separated by semicolons, with
 * texts in quotation marks.
 *
 * <p>Header fields that are not empty, counted from one: 1 EXTF, 2 version, 3 category, 4 name of the format, 5 version of the format, 6 time
 * of creation, 8 origin, 11 consultant, 12 client, 13 first day of the business year, 14 length of account numbers, 15 and 16 first and last
 * day, 17 title, 19 type (1: accounting), 20 purpose (0: any), 21 whether bookings are locked (0: not), 22 currency, 27 chart of accounts.
 *
 * <p>Booking columns that are not empty: 1 amount without a sign, 2 S (column 7 is debited), 3 currency, 7 account, 8 contra account, 10 day
 * and month, 11 document number, 14 text, 114 locked (0: not).
 */
final class DatevFile {
    static final Charset CHARSET = Charset.forName("windows-1252");

    private static final String LINE_END = "\r\n";
    private static final DateTimeFormatter MADE = DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd", Locale.ROOT);
    private static final DateTimeFormatter DAY_OF_YEAR = DateTimeFormatter.ofPattern("ddMM", Locale.ROOT);
    private static final int COLUMN_AMOUNT = 1;
    private static final int COLUMN_SIDE = 2;
    private static final int COLUMN_CURRENCY = 3;
    private static final int COLUMN_ACCOUNT = 7;
    private static final int COLUMN_CONTRA = 8;
    private static final int COLUMN_DAY = 10;
    private static final int COLUMN_DOCUMENT = 11;
    private static final int COLUMN_TEXT = 14;
    private static final int COLUMN_LOCKED = 114;
    private static final int DOCUMENT_MAX = 36;
    private static final int TEXT_MAX = 60;
    private static final List<String> COLUMNS = columns();

    private DatevFile() {}

    /** Returns the file of a batch. */
    static byte[] of(DatevBatch batch, DatevSettings terms, AccountingPeriod days, LocalDateTime made) {
        return Stream.concat(
                        Stream.of(header(terms, days, made), String.join(";", COLUMNS)),
                        batch.bookings().stream().map(DatevFile::line))
                .collect(Collectors.joining(LINE_END, "", LINE_END))
                .getBytes(CHARSET);
    }

    private static String header(DatevSettings terms, AccountingPeriod days, LocalDateTime made) {
        return Stream.of(
                        "\"EXTF\";700;21;\"Buchungsstapel\";13",
                        MADE.format(made),
                        ";\"RE\";\"\";\"\"",
                        Integer.toString(terms.consultant()),
                        Integer.toString(terms.client()),
                        DAY.format(terms.yearOf(days.from())),
                        Integer.toString(terms.digits()),
                        DAY.format(days.from()),
                        DAY.format(days.to()),
                        text("Abrechnung " + days.from() + "/"
                                + days.to().toString().substring(5)),
                        "\"\";1;0;0;\"EUR\";;\"\";;",
                        text(terms.chart().number()),
                        ";;\"\";\"\"")
                .collect(Collectors.joining(";"));
    }

    private static String line(Booking booking) {
        var fields = new ArrayList<>(Collections.nCopies(COLUMNS.size(), ""));
        fields.set(COLUMN_AMOUNT - 1, booking.amount().toPlainString().replace('.', ','));
        fields.set(COLUMN_SIDE - 1, text("S"));
        fields.set(COLUMN_CURRENCY - 1, text("EUR"));
        fields.set(COLUMN_ACCOUNT - 1, booking.debited());
        fields.set(COLUMN_CONTRA - 1, booking.credited());
        fields.set(COLUMN_DAY - 1, DAY_OF_YEAR.format(booking.day()));
        fields.set(
                COLUMN_DOCUMENT - 1,
                text(DAY.format(booking.day()) + "-" + booking.origin().name().replace('_', '-'), DOCUMENT_MAX));
        fields.set(COLUMN_TEXT - 1, text(words(booking), TEXT_MAX));
        fields.set(COLUMN_LOCKED - 1, "0");
        return String.join(";", fields);
    }

    private static String words(Booking booking) {
        var what = switch (booking.origin()) {
            case RUN -> "Stündliche Abrechnung";
            case SERVICE -> "Änderungen an Diensten";
            case MANUAL -> "Zahlungen und Korrekturen";
            case TRANSFER -> "Traffic";
            case OUTAGE_CREDIT -> "Erstattungen";
            case CREDIT_NOTE -> "Rechnungskorrekturen";
            case DEBIT_NOTE -> "Nachberechnungen";
            case TAX_CORRECTION -> "Steuer berichtigt";
            case WRITE_OFF -> "Forderungsverluste";
            case ROUNDING -> "Rundung von Belegen";
            case OTHER -> "Sonstiges";
        };
        return "REVERSAL".equals(booking.kind()) ? what + ", Storno" : what;
    }

    /** As {@link #text(String)}, no longer than DATEV takes it. */
    static String text(String text, int most) {
        var safe = Csv.safe(line(text));
        return quoted(InputText.cut(safe, most));
    }

    /** A quoted text on one line that no spreadsheet interprets as a formula. */
    private static String text(String text) {
        return quoted(Csv.safe(line(text)));
    }

    private static String line(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private static List<String> columns() {
        return Stream.of(
                        bookingColumns(),
                        pairs("Beleginfo - Art ", "Beleginfo - Inhalt ", 8),
                        costColumns(),
                        pairs("Zusatzinformation - Art ", "Zusatzinformation - Inhalt ", 20),
                        paymentColumns())
                .flatMap(names -> names)
                .toList();
    }

    /** Columns 1 to 20. */
    private static Stream<String> bookingColumns() {
        return Stream.of(
                "Umsatz (ohne Soll/Haben-Kz)",
                "Soll/Haben-Kennzeichen",
                "WKZ Umsatz",
                "Kurs",
                "Basis-Umsatz",
                "WKZ Basis-Umsatz",
                "Konto",
                "Gegenkonto (ohne BU-Schlüssel)",
                "BU-Schlüssel",
                "Belegdatum",
                "Belegfeld 1",
                "Belegfeld 2",
                "Skonto",
                "Buchungstext",
                "Postensperre",
                "Diverse Adressnummer",
                "Geschäftspartnerbank",
                "Sachverhalt",
                "Zinssperre",
                "Beleglink");
    }

    /** Columns 37 to 47. */
    private static Stream<String> costColumns() {
        return Stream.of(
                "KOST1 - Kostenstelle",
                "KOST2 - Kostenstelle",
                "Kost-Menge",
                "EU-Land u. UStID (Bestimmung)",
                "EU-Steuersatz (Bestimmung)",
                "Abw. Versteuerungsart",
                "Sachverhalt L+L",
                "Funktionsergänzung L+L",
                "BU 49 Hauptfunktionstyp",
                "BU 49 Hauptfunktionsnummer",
                "BU 49 Funktionsergänzung");
    }

    /** Columns 88 to 125. */
    private static Stream<String> paymentColumns() {
        return Stream.of(
                "Stück",
                "Gewicht",
                "Zahlweise",
                "Forderungsart",
                "Veranlagungsjahr",
                "Zugeordnete Fälligkeit",
                "Skontotyp",
                "Auftragsnummer",
                "Buchungstyp",
                "USt-Schlüssel (Anzahlungen)",
                "EU-Land (Anzahlungen)",
                "Sachverhalt L+L (Anzahlungen)",
                "EU-Steuersatz (Anzahlungen)",
                "Erlöskonto (Anzahlungen)",
                "Herkunft-Kz",
                "Buchungs GUID",
                "KOST-Datum",
                "SEPA-Mandatsreferenz",
                "Skontosperre",
                "Gesellschaftername",
                "Beteiligtennummer",
                "Identifikationsnummer",
                "Zeichnernummer",
                "Postensperre bis",
                "Bezeichnung SoBil-Sachverhalt",
                "Kennzeichen SoBil-Buchung",
                "Festschreibung",
                "Leistungsdatum",
                "Datum Zuord. Steuerperiode",
                "Fälligkeit",
                "Generalumkehr (GU)",
                "Steuersatz",
                "Land",
                "Abrechnungsreferenz",
                "BVV-Position",
                "EU-Land u. UStID (Ursprung)",
                "EU-Steuersatz (Ursprung)",
                "Abw. Skontokonto");
    }

    private static Stream<String> pairs(String one, String other, int many) {
        return Stream.iterate(1, number -> number + 1)
                .limit(many)
                .flatMap(number -> Stream.of(one + number, other + number));
    }
}
