package io.tenantry.billing.bank.statement;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The amount that a column refers to, where a table has several, by the words that qualify it: a "Settlement currency" is that of the
 * "Settlement amount".
 *
 * @param words empty if nothing qualifies it, as in "Amount" or "Currency"
 */
record ColumnSubject(Set<String> words) {
    private static final Set<String> AMOUNTS = Set.of(
            "amount", "amounts", "amt", "betrag", "umsatz", "montant", "bedrag", "importe", "importo", "monto", "valor",
            "value", "wert", "net", "netto", "gross", "brutto", "bruto");
    private static final Set<String> GENERAL = DoubtfulTerms.words(
            "currency,currencies,curr,cur,ccy,währung,devise,munt,muntsoort,divisa,moneda,valuta,code,iso,wkz,wrg,whg,"
                    + "total,sum,summe,gebucht,gebuchter,booked,booking,buchung,buchungs,posted,signed,in,of,the,der,des,von,de,du,after,fees");
    private static final Pattern COMPOUND = Pattern.compile("(.+?)s?(?:betrag|umsatz|bedrag|wahrung|waehrung)");
    private static final Map<String, String> SAME = Map.ofEntries(
            Map.entry("settled", "settlement"),
            Map.entry("settle", "settlement"),
            Map.entry("billed", "billing"),
            Map.entry("abrechnung", "billing"),
            Map.entry("netto", "net"),
            Map.entry("brutto", "gross"),
            Map.entry("bruto", "gross"),
            Map.entry("transaktion", "transaction"),
            Map.entry("konto", "account"),
            Map.entry("orig", "original"),
            Map.entry("ursprung", "original"),
            Map.entry("fremd", "foreign"));
    /** Words for amounts in one currency where one amount contains the other. */
    private static final Set<String> PARTS = Set.of("net", "gross");

    static ColumnSubject of(HeaderName name) {
        return new ColumnSubject(Arrays.stream(name.base().split(" ", -1))
                .map(ColumnSubject::plain)
                .filter(word ->
                        !word.isEmpty() && !GENERAL.contains(word) && (PARTS.contains(word) || !AMOUNTS.contains(word)))
                .collect(Collectors.toUnmodifiableSet()));
    }

    private static String plain(String word) {
        var compound = COMPOUND.matcher(word);
        var stem = compound.matches() ? compound.group(1) : word;
        return SAME.getOrDefault(stem, stem);
    }

    /** Whether a column is named as any amount. */
    static boolean isAmount(HeaderName name) {
        return ColumnNames.rank(ColumnRole.AMOUNT, name) >= 0
                || Arrays.stream(name.base().split(" ", -1))
                        .anyMatch(word ->
                                AMOUNTS.contains(word) || COMPOUND.matcher(word).matches());
    }

    /** Whether its only qualifier is that it is before or after fees. */
    boolean isPart() {
        return PARTS.containsAll(words);
    }
}
