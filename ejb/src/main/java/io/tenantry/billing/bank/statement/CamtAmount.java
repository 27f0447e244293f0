package io.tenantry.billing.bank.statement;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/** An amount of a camt.053 statement, without its sign: the direction is an element of its own. */
record CamtAmount(BigDecimal value, Currency currency) {
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9]{1,15}(?:\\.[0-9]{0,5})?|\\.[0-9]{1,5}");

    static Optional<CamtAmount> of(Element element) {
        var value = number(element.getTextContent().strip());
        var currency = currency(element.getAttribute("Ccy"));
        return value.isPresent() && currency.isPresent()
                ? Optional.of(new CamtAmount(value.get(), currency.get()))
                : Optional.empty();
    }

    /** Parses a number as the schema allows: a decimal point, no sign but plus, no exponent. */
    static Optional<BigDecimal> number(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    static Optional<Currency> currency(String code) {
        var currencyTerm = Currencies.of(code);
        return code.length() == 3 && currencyTerm.codes().size() == 1
                ? Optional.of(
                        Currency.getInstance(currencyTerm.codes().iterator().next()))
                : Optional.empty();
    }

    /** Returns the amount with the sign of an element's direction; empty if it states none. */
    static Optional<BigDecimal> signed(Element element, BigDecimal amount) {
        var direction = Elements.text(element, "CdtDbtInd");
        if (direction.equals("CRDT")) {
            return Optional.of(amount);
        }
        return direction.equals("DBIT") ? Optional.of(amount.negate()) : Optional.empty();
    }

    /** Returns the elements with the amounts of a part of an entry. */
    static List<Element> elements(Element part) {
        return Stream.of(new String[] {"Amt"}, new String[] {"AmtDtls", "TxAmt", "Amt"})
                .flatMap(names -> Elements.all(part, names).stream())
                .toList();
    }
}
