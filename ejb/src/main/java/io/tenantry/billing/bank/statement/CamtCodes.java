package io.tenantry.billing.bank.statement;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Codes that banks use of their own for kinds of transactions, where they name no domain of the standard. Only codes with a published meaning of
 * a customer's payment are known; any other may denote a return, interest, a loan or a currency exchange.
 */
final class CamtCodes {
    /**
     * German business transaction codes ("Geschäftsvorfallcodes") of incoming transfers and collected direct debits, with their meanings.
     *
     * <p>152 to 196 are defined by Deutsche Kreditwirtschaft, DFÜ-Abkommen, Anlage 3, and were compared with public code that reproduces its
     * version 3.4; there, 167 is the transfer with a creditor reference ("RF-Referenz"). 051 and 052 are from before SEPA: public importers read
     * them as "Überweisungsgutschrift" and "Dauerauftragsgutschrift".
     *
     * <p>Left out on purpose: salaries (153), benefits (154, 156), returns (159, 160, 181 to 184), and 202 ("Auslandsvergütung"), as no source
     * was found that limits it to customers' payments.
     */
    private static final Map<String, String> GERMAN = Map.ofEntries(
            Map.entry("051", "transfer"),
            Map.entry("052", "standing order"),
            Map.entry("152", "SEPA credit transfer, standing order"),
            Map.entry("166", "SEPA credit transfer"),
            Map.entry("167", "SEPA credit transfer with a creditor reference"),
            Map.entry("168", "SEPA instant credit transfer"),
            Map.entry("169", "SEPA credit transfer, donation"),
            Map.entry("171", "SEPA direct debit, Core"),
            Map.entry("174", "SEPA direct debit, B2B"),
            Map.entry("189", "SEPA instant credit transfers, batch"),
            Map.entry("192", "SEPA direct debits, Core, batch"),
            Map.entry("194", "SEPA credit transfers, batch"),
            Map.entry("196", "SEPA direct debits, B2B, batch"));

    /** Who defines the German codes; other banks use numbers with other meanings. */
    private static final Set<String> GERMAN_ISSUERS = Set.of("", "DK", "ZKA");
    /** Transaction type codes of SWIFT MT940, field 61, beside a German code that denotes a payment. */
    private static final Set<String> BESIDE_GERMAN = Set.of("TRF", "STO", "DDT", "MSC", "CLR", "COL", "CMI");
    /**
     * The code of SWIFT MT940, field 61, for a transfer. "F" instead of "N" denotes items that the bank itself originates, and "MSC" anything, so
     * that neither is certain.
     */
    private static final String TRANSFER = "NTRF";

    private static final Pattern SWIFT = Pattern.compile("[NFS]([A-Z]{3})(?:\\+.*)?");
    private static final Pattern NUMBERED = Pattern.compile("(?:[NFS]([A-Z]{3})\\+)?([0-9]{3})(?:\\+.*)?");

    private CamtCodes() {}

    /** Whether a German code, without anything beside it, denotes a customer's payment. */
    static boolean isGermanPayment(String code) {
        return GERMAN.containsKey(code);
    }

    /** Whether a code alone shows that a customer paid. */
    static boolean isPayment(String code, String issuer) {
        var numbered = NUMBERED.matcher(code);
        return numbered.matches()
                ? GERMAN_ISSUERS.contains(issuer.toUpperCase(Locale.ROOT))
                        && GERMAN.containsKey(numbered.group(2))
                        && (numbered.group(1) == null || BESIDE_GERMAN.contains(numbered.group(1)))
                : code.equals(TRANSFER);
    }

    /** Whether a code casts doubt on a payment that a domain of the standard shows. */
    static boolean isContradiction(String code, String issuer) {
        var numbered = NUMBERED.matcher(code);
        if (numbered.matches()) {
            return GERMAN_ISSUERS.contains(issuer.toUpperCase(Locale.ROOT)) && !isPayment(code, issuer);
        }
        var swift = SWIFT.matcher(code);
        return swift.matches() && !BESIDE_GERMAN.contains(swift.group(1));
    }
}
