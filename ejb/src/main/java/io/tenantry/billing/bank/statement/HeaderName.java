package io.tenantry.billing.bank.statement;

import io.tenantry.text.InputText;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The name of a column, and the currency that banks write after it, as in "Amount (USD)", "Gutschrift in CHF" or "Débit euros".
 *
 * @param base folded, without the currency
 * @param whole folded
 */
record HeaderName(String base, String whole, Optional<Currencies.CurrencyTerm> currency) {
    private static final int NAME_MAX = 200;
    private static final Pattern BRACKETS = Pattern.compile("[(\\[{]\\s*([^)\\]}]*?)\\s*[)\\]}]");
    private static final Pattern LAST = Pattern.compile(
            "^(.*?)[\\s_./:-]+(?:in[\\s_]+|en[\\s_]+|i[\\s_]+)?([\\p{L}]{0,3}\\p{Sc}|[\\p{L}]{3,8})\\.?$",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SIGN = Pattern.compile("^(.*\\p{L})\\s*(\\p{Sc})$");
    private static final Pattern FIRST = Pattern.compile("^([A-Z]{3}|\\p{Sc})[\\s_-]+(.*)$");
    private static final Pattern CODE_LIKE = Pattern.compile("[A-Z]{3,5}");
    private static final Pattern UTC = Pattern.compile(" utc$|(?<=date|valeur) (?:gmt|cet|local|local time)$");
    private static final Set<String> NO_CURRENCIES = Set.of(
            "UTC", "GMT", "CET", "CEST", "IBAN", "BIC", "SWIFT", "DDMM", "MMDD", "BLZ", "SEPA", "TTC", "TVA", "MWST",
            "VAT", "IVA", "BTW");

    static HeaderName of(String name) {
        var text =
                InputText.cut(name.strip(), NAME_MAX).replace("%", " percent ").strip();
        var brackets = BRACKETS.matcher(text);
        while (brackets.find()) {
            var inner = brackets.group(1).replaceFirst("(?i)^in\\s+", "");
            var currencyTerm = Currencies.of(inner);
            if (!currencyTerm.isUnknown() || (CODE_LIKE.matcher(inner).matches() && !NO_CURRENCIES.contains(inner))) {
                return new HeaderName(
                        DoubtfulTerms.fold(text.substring(0, brackets.start()) + " " + text.substring(brackets.end())),
                        DoubtfulTerms.fold(text),
                        Optional.of(currencyTerm));
            }
        }
        var last = LAST.matcher(text);
        if (last.matches() && Currencies.isKnown(last.group(2))) {
            return new HeaderName(
                    DoubtfulTerms.fold(last.group(1)),
                    DoubtfulTerms.fold(text),
                    Optional.of(Currencies.of(last.group(2))));
        }
        var sign = SIGN.matcher(text);
        if (sign.matches()) {
            return new HeaderName(
                    DoubtfulTerms.fold(sign.group(1)),
                    DoubtfulTerms.fold(text),
                    Optional.of(Currencies.of(sign.group(2))));
        }
        var first = FIRST.matcher(text);
        if (first.matches() && Currencies.isKnown(first.group(1))) {
            return new HeaderName(
                    DoubtfulTerms.fold(first.group(2)),
                    DoubtfulTerms.fold(text),
                    Optional.of(Currencies.of(first.group(1))));
        }
        return new HeaderName(
                UTC.matcher(DoubtfulTerms.fold(text)).replaceFirst(""), DoubtfulTerms.fold(text), Optional.empty());
    }

    /** Whether it names an unknown currency, such as that of a token. */
    boolean isUnknownCurrency() {
        return currency.isPresent() && currency.get().isUnknown();
    }
}
