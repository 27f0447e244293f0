package io.tenantry.billing.bank.statement;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/**
 * Amounts that the payer states for each document. Money for other documents than those of the reference belongs to somebody else, so that amounts
 * which do not add up to the payment, or to the reference, leave the decision to a person.
 */
final class CamtRemittance {
    /** Remittances of taxes, and of wages to creditors of an employee. */
    private static final List<String> OTHER_REMITTANCES = List.of("TaxRmt", "GrnshmtRmt");
    /** A supplier that pays for its credit note is no customer. */
    private static final String CREDIT_NOTE = "CREN";

    private static final String REMITTED = "RmtdAmt";
    private static final String DUE = "DuePyblAmt";
    private static final String CREDITED = "CdtNoteAmt";
    private static final String DISCOUNT = "DscntApldAmt";
    private static final String ADJUSTMENT = "AdjstmntAmtAndRsn";
    /** Taxes are part of the other amounts. */
    private static final String TAX = "TaxAmt";

    private static final Set<String> KNOWN = Set.of(REMITTED, DUE, CREDITED, DISCOUNT, ADJUSTMENT, TAX);

    private final BigDecimal amount;
    private final Currency currency;
    private final Set<String> references = new HashSet<>();
    private final List<String> contradictions = new ArrayList<>();
    private Optional<BigDecimal> total = Optional.empty();

    private CamtRemittance(BigDecimal amount, Currency currency) {
        this.amount = amount;
        this.currency = currency;
    }

    /**
     * Returns what contradicts that the whole amount is for one reference.
     *
     * @param part the entry, or one of its transactions
     */
    static Optional<String> contradiction(Element part, BigDecimal amount, Currency currency) {
        var remittance = new CamtRemittance(amount, currency);
        Elements.all(part, "RmtInf", "Strd").forEach(remittance::add);
        return remittance.contradiction();
    }

    private Optional<String> contradiction() {
        if (total.isPresent() && total.get().compareTo(amount) != 0) {
            contradictions.add(REMITTED + " " + total.get().toPlainString());
        }
        if (total.isPresent() && references.size() > 1) {
            contradictions.add(REMITTED);
        }
        return contradictions.stream().findFirst();
    }

    private void add(Element structured) {
        OTHER_REMITTANCES.stream()
                .filter(name -> Elements.has(structured, name))
                .forEach(contradictions::add);
        Elements.texts(structured, "RfrdDocInf", "Tp", "CdOrPrtry", "Cd").stream()
                .filter(CREDIT_NOTE::equals)
                .forEach(contradictions::add);
        var documents = Elements.all(structured, "RfrdDocAmt");
        var lines = Elements.all(structured, "RfrdDocInf", "LineDtls", "Amt");
        Stream.concat(documents.stream(), lines.stream()).forEach(this::compareUnknown);
        var ofDocuments = money(documents);
        var ofLines = money(lines);
        if (ofDocuments.isPresent() && ofLines.isPresent() && ofDocuments.get().compareTo(ofLines.get()) != 0) {
            contradictions.add("LineDtls " + ofLines.get().toPlainString());
        }
        var money = ofDocuments.or(() -> ofLines);
        money.ifPresent(own -> total = Optional.of(total.orElse(BigDecimal.ZERO).add(own)));
        var reference = Elements.text(structured, "CdtrRefInf", "Ref");
        if (money.isPresent() || !reference.isEmpty()) {
            references.add(DoubtfulTerms.fold(reference).replace(" ", ""));
        }
    }

    /** An amount of a meaning that is not known must be that of the payment. */
    private void compareUnknown(Element amounts) {
        var all = amounts.getElementsByTagNameNS("*", "*");
        for (var at = 0; at < all.getLength(); at++) {
            var element = (Element) all.item(at);
            var isKnown = KNOWN.contains(element.getLocalName())
                    || (element.getParentNode() instanceof Element parent && KNOWN.contains(parent.getLocalName()));
            if (element.hasAttribute("Ccy") && !isKnown && value(element).compareTo(amount) != 0) {
                contradictions.add(element.getTextContent().strip());
            }
        }
    }

    /** Returns the money for a document, or for its lines. */
    private Optional<BigDecimal> money(List<Element> amounts) {
        var remitted = sum(amounts, REMITTED);
        var due = sum(amounts, DUE);
        var less = sum(amounts, CREDITED).add(sum(amounts, DISCOUNT));
        var adjusted = amounts.stream()
                .flatMap(each -> Elements.all(each, ADJUSTMENT).stream())
                .map(each -> Elements.text(each, "CdtDbtInd").equals("DBIT")
                        ? sum(List.of(each), "Amt").negate()
                        : sum(List.of(each), "Amt"))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        var isRemitted = remitted.signum() != 0 || amounts.stream().anyMatch(each -> Elements.has(each, REMITTED));
        var open = due.subtract(less);
        var isExplained = due.signum() == 0
                ? less.signum() == 0 && adjusted.signum() == 0
                : isRemitted
                        // Banks disagree on the direction of adjustments.
                        ? open.add(adjusted).compareTo(remitted) == 0
                                || open.subtract(adjusted).compareTo(remitted) == 0
                        : adjusted.signum() == 0;
        if (!isExplained) {
            contradictions.add(DUE + " " + due.toPlainString());
        }
        if (isRemitted) {
            return Optional.of(remitted);
        }
        return due.signum() == 0 ? Optional.empty() : Optional.of(open);
    }

    private BigDecimal sum(List<Element> amounts, String name) {
        return amounts.stream()
                .flatMap(each -> Elements.all(each, name).stream())
                .flatMap(each -> each.hasAttribute("Ccy") ? Stream.of(each) : Elements.all(each, "Amt").stream())
                .map(this::value)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Returns an amount; one that cannot be read, or is in another currency, contradicts. */
    private BigDecimal value(Element element) {
        var own = CamtAmount.of(element).filter(each -> each.currency().equals(currency));
        if (own.isEmpty()) {
            contradictions.add(element.getTextContent().strip() + " " + element.getAttribute("Ccy"));
        }
        return own.map(CamtAmount::value).orElse(BigDecimal.ZERO);
    }
}
