package io.tenantry.billing.bank.statement;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Currencies and units in lines outside a table, as in "All amounts in thousands of US dollars". */
final class MoneyTerms {
    private static final Set<String> DOLLARS = Set.of("USD", "CAD", "AUD", "NZD", "SGD", "HKD");
    private static final Map<Pattern, Set<String>> CURRENCIES = currencies();
    private static final Pattern UNITS = Pattern.compile(
            "\\b(?:[tk] ?(?:eur|euro|chf|usd|gbp)|(?:in|en|a|als) (?:vollen )?(?:thousands?|tausend\\w*|tsd|cents?|eurocents?|rappen|pence|centimes?|millions?|millionen|mio|mln|milliers|"
                    + "miles|centimos|migliaia|centesimi|duizenden|duizendtallen|minor units?)|tausend (?:euro|franken|dollar)|thousands of|milliers d|miles de|migliaia di|"
                    + "minor units?|x 1 ?000|000s)\\b");

    private MoneyTerms() {}

    private static Map<Pattern, Set<String>> currencies() {
        var words = new LinkedHashMap<Pattern, Set<String>>();
        words.put(
                pattern(
                        "(?:us|u s|american|amerikanische[rn]?|amerikaanse|amerikansk[ae]) ?dollars?|dollars? (?:us|americains?)|"
                                + "dolar(?:es)? (?:estadounidenses?|americanos?)|dollar[io] (?:americano|americani|usa|statunitens[ei])|usdollars?"),
                Set.of("USD"));
        words.put(pattern("\\w*dollars?|dollar\\w+|dolar(?:es|y)?|dollari"), DOLLARS);
        words.put(
                pattern(
                        "pfund(?: sterling)?|pfundkonto|(?:british )?pounds?(?: sterling)|in pounds|gb pounds?|livres? sterling|libras?(?: esterlinas?)?|sterlin[ae]|ponden?(?: sterling)|"
                                + "in ponden|sterling"),
                Set.of("GBP"));
        words.put(
                pattern(
                        "schweizer ?franken|in franken|frankenkonto|francs? suisses?|swiss francs?|franc(?:hi|o) svizzer[io]|zwitserse franken?|francos? suizos?"),
                Set.of("CHF"));
        words.put(
                pattern("in kron(?:en|or|er)|kron(?:or|er|en)|(?:schwedische|norwegische|danische) kronen"),
                Set.of("SEK", "NOK", "DKK", "CZK", "ISK"));
        words.put(pattern("zlot(?:y|ych|e)"), Set.of("PLN"));
        words.put(pattern("forint\\w*"), Set.of("HUF"));
        words.put(pattern("(?:japanische )?yen"), Set.of("JPY"));
        words.put(pattern("in euros?|en euros?|eurokonto|euro (?:konto|account)"), Set.of("EUR"));
        return words;
    }

    private static Pattern pattern(String words) {
        return Pattern.compile("\\b(?:" + words + ")\\b");
    }

    /** Returns currencies that are named by words rather than by their codes. */
    static List<Currencies.CurrencyTerm> currencies(String text) {
        var folded = DoubtfulTerms.fold(text);
        return CURRENCIES.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(folded).find())
                .map(entry -> new Currencies.CurrencyTerm(entry.getValue()))
                .toList();
    }

    /** Returns folded text without the words that name currencies. */
    static String without(String folded) {
        var rest = folded;
        for (var words : CURRENCIES.keySet()) {
            rest = words.matcher(rest).replaceAll(" ");
        }
        return rest;
    }

    /** Whether text states that amounts are in units other than those of their currency. */
    static boolean isOfOtherUnits(CsvTable.Row row) {
        return row.cells().stream()
                .map(DoubtfulTerms::fold)
                .anyMatch(cell -> UNITS.matcher(cell).find());
    }
}
