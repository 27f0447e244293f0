package io.tenantry.billing.bank.statement;

import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Currencies as banks write them: codes, signs and names. */
final class Currencies {
    /** Signs that several currencies share, with the codes of those currencies. */
    private static final Map<String, Set<String>> SHARED = Map.of(
            "$", Set.of("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "TWD", "ARS", "CLP", "COP", "BBD", "JMD"),
            "¥", Set.of("JPY", "CNY"),
            "kr", Set.of("SEK", "NOK", "DKK", "ISK"),
            "fr", Set.of("CHF", "XAF", "XOF", "XPF"),
            "francs", Set.of("CHF", "XAF", "XOF", "XPF"),
            "dollars", Set.of("USD", "CAD", "AUD", "NZD", "SGD", "HKD"),
            "dollar", Set.of("USD", "CAD", "AUD", "NZD", "SGD", "HKD"));

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("€", "EUR"),
            Map.entry("euro", "EUR"),
            Map.entry("euros", "EUR"),
            Map.entry("euroa", "EUR"),
            Map.entry("£", "GBP"),
            Map.entry("sterling", "GBP"),
            Map.entry("pounds", "GBP"),
            Map.entry("us$", "USD"),
            Map.entry("c$", "CAD"),
            Map.entry("ca$", "CAD"),
            Map.entry("a$", "AUD"),
            Map.entry("au$", "AUD"),
            Map.entry("nz$", "NZD"),
            Map.entry("hk$", "HKD"),
            Map.entry("s$", "SGD"),
            Map.entry("r$", "BRL"),
            Map.entry("mx$", "MXN"),
            Map.entry("sfr", "CHF"),
            Map.entry("schweizer franken", "CHF"),
            Map.entry("zł", "PLN"),
            Map.entry("kč", "CZK"),
            Map.entry("ft", "HUF"),
            Map.entry("₹", "INR"),
            Map.entry("₺", "TRY"),
            Map.entry("₽", "RUB"),
            Map.entry("₩", "KRW"),
            Map.entry("₪", "ILS"),
            Map.entry("₴", "UAH"));
    private static final Pattern CODE = Pattern.compile("[A-Za-z]{3}");
    private static final Set<String> CODES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .filter(code ->
                    !code.startsWith("X") || Set.of("XAF", "XOF", "XPF", "XCD").contains(code))
            .collect(Collectors.toUnmodifiableSet());

    private Currencies() {}

    /**
     * Currency information in a text.
     *
     * @param codes the possible codes; empty if no currency is known by this name
     */
    record CurrencyTerm(Set<String> codes) {
        boolean isUnknown() {
            return codes.isEmpty();
        }

        static CurrencyTerm of(Currency currency) {
            return new CurrencyTerm(Set.of(currency.getCurrencyCode()));
        }
    }

    /** Returns the currency with exactly this name, code or sign. */
    static CurrencyTerm of(String text) {
        var plain = text.strip().replaceAll("\\.$", "");
        if (CODE.matcher(plain).matches() && CODES.contains(plain.toUpperCase(Locale.ROOT))) {
            return new CurrencyTerm(Set.of(plain.toUpperCase(Locale.ROOT)));
        }
        var lower = plain.toLowerCase(Locale.ROOT);
        if (NAMES.containsKey(lower)) {
            return new CurrencyTerm(Set.of(NAMES.get(lower)));
        }
        return new CurrencyTerm(SHARED.getOrDefault(lower, Set.of()));
    }

    static boolean isKnown(String text) {
        return !of(text).isUnknown();
    }

    /**
     * Returns the one currency that all agree on, using the default only to choose between several; empty if they disagree, or if none is
     * known.
     */
    static Optional<Currency> agreed(Iterable<CurrencyTerm> named, Currency defaultCurrency) {
        Set<String> left = null;
        for (var each : named) {
            left = left == null
                    ? each.codes()
                    : left.stream().filter(each.codes()::contains).collect(Collectors.toUnmodifiableSet());
        }
        if (left == null) {
            return Optional.of(defaultCurrency);
        }
        if (left.size() == 1) {
            return Optional.of(Currency.getInstance(left.iterator().next()));
        }
        return left.contains(defaultCurrency.getCurrencyCode()) ? Optional.of(defaultCurrency) : Optional.empty();
    }
}
