package io.tenantry.billing.bank.statement;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Information above the header: the account and the currency.
 *
 * @param account the only IBAN there; empty if there is none, or several
 * @param currencies all that are named
 */
record Preamble(String account, List<Currencies.CurrencyTerm> currencies) {
    private static final Pattern IBAN = Pattern.compile("\\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){11,30}\\b");
    private static final Pattern IBAN_SIGNS = Pattern.compile("[A-Za-z]{2}[0-9]{2}[A-Za-z0-9]{11,30}");
    private static final Pattern CELL_AMOUNT = Pattern.compile(".*[0-9][.,'\u2019][0-9].*");
    private static final Set<String> CURRENCY_LABELS = DoubtfulTerms.words(
            "währung,kontowährung,currency,account currency,devise,devise du compte,valuta,munt,divisa,moneda,currency code,ccy,bewertet in");

    /** Takes the place of an account in text; longer than any part of a date. */
    private static final String IBAN_NUMBER = "00000";

    /** Currency codes that rarely mean anything else in text. */
    private static final Pattern CODE = Pattern.compile(
            "\\b(?:EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|CZK|HUF|RON|CAD|AUD|NZD|JPY|CNY|HKD|SGD|INR|ZAR|MXN|BRL|AED)\\b");

    /** Returns currencies named anywhere in these rows, as in "Business account USD". */
    static List<Currencies.CurrencyTerm> mentioned(List<CsvTable.Row> rows) {
        return rows.stream()
                .flatMap(row -> row.cells().stream())
                .flatMap(cell -> CODE.matcher(cell).results())
                .map(code -> Currencies.of(code.group()))
                .distinct()
                .toList();
    }

    /** Returns currencies named there by words, which have to agree with any other. */
    static List<Currencies.CurrencyTerm> inWords(List<CsvTable.Row> rows) {
        return rows.stream()
                .flatMap(row -> row.cells().stream())
                .flatMap(cell -> MoneyTerms.currencies(cell).stream())
                .distinct()
                .toList();
    }

    static Preamble of(List<CsvTable.Row> rows) {
        var accounts = new LinkedHashSet<String>();
        var currencies = new ArrayList<Currencies.CurrencyTerm>();
        for (var row : rows) {
            for (var at = 0; at < row.cells().size(); at++) {
                var cell = row.cells().get(at);
                for (var found = IBAN.matcher(cell); found.find(); ) {
                    var iban = found.group().replace(" ", "");
                    if (isIban(iban)) {
                        accounts.add(iban);
                    }
                }
                currency(cell, row.cell(at + 1)).ifPresent(currencies::add);
            }
        }
        return new Preamble(accounts.size() == 1 ? accounts.iterator().next() : "", List.copyOf(currencies));
    }

    private static Optional<Currencies.CurrencyTerm> currency(String cell, String next) {
        if (CELL_AMOUNT.matcher(cell).matches()) {
            return Amounts.parse(cell, Amounts.mark(List.of(cell))).flatMap(Amounts.Amount::currency);
        }
        var parts = cell.split("[:=]", 2);
        var value = parts.length == 2 && !parts[1].isBlank() ? parts[1] : next;
        if (CURRENCY_LABELS.contains(DoubtfulTerms.fold(parts[0])) && !value.isBlank()) {
            return Optional.of(Currencies.of(value.strip()));
        }
        return CELL_AMOUNT.matcher(value).matches() && parts.length == 2
                ? Amounts.parse(value, Amounts.mark(List.of(value))).flatMap(Amounts.Amount::currency)
                : Optional.empty();
    }

    /** Returns text with a number in place of each IBAN. */
    static String withoutIbans(String text) {
        return IBAN.matcher(text).replaceAll(found -> {
            var groups = found.group();
            for (var end = groups.length(); end > 0; end = groups.lastIndexOf(' ', end - 1)) {
                if (isIban(groups.substring(0, end).replace(" ", ""))) {
                    return IBAN_NUMBER + groups.substring(end);
                }
            }
            return groups;
        });
    }

    /** Whether a text is an account number with correct check digits. */
    static boolean isIban(String packed) {
        if (!IBAN_SIGNS.matcher(packed).matches()) {
            return false;
        }
        var digits = new StringBuilder();
        for (var sign : (packed.substring(4) + packed.substring(0, 4)).toCharArray()) {
            digits.append(Character.digit(sign, 36));
        }
        return new BigInteger(digits.toString()).mod(BigInteger.valueOf(97)).equals(BigInteger.ONE);
    }
}
