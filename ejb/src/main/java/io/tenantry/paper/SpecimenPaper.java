package io.tenantry.paper;

import io.tenantry.invoicing.Address;
import io.tenantry.invoicing.BillingPeriod;
import io.tenantry.invoicing.Buyer;
import io.tenantry.invoicing.Corrections;
import io.tenantry.invoicing.DocumentKind;
import io.tenantry.invoicing.DocumentList;
import io.tenantry.invoicing.Documents;
import io.tenantry.invoicing.Invoicing.Line;
import io.tenantry.invoicing.LineTax;
import io.tenantry.invoicing.Seller;
import io.tenantry.invoicing.TaxPart;
import io.tenantry.money.Money;
import io.tenantry.tax.Treatment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An invoice of two servers for a customer that does not exist, of which all is left to be paid; with tax if the seller has a number for it. Pure.
 */
final class SpecimenPaper {
    private static final UUID NOBODY = new UUID(0, 0);
    private static final BigDecimal RATE = new BigDecimal("0.19");
    private static final BigDecimal PERCENT = new BigDecimal("19");

    private final PaperWords words;
    private final Currency currency;
    private final Instant now;
    private final Template template;

    SpecimenPaper(PaperWords words, Currency currency, Instant now, Template template) {
        this.words = words;
        this.currency = currency;
        this.now = now;
        this.template = template;
    }

    Documents.Paper of(Seller seller) {
        var place = seller.address().country();
        var isTaxed = !seller.vatNumber().isEmpty();
        var taxedIn = isTaxed ? Optional.of(place) : Optional.<String>empty();
        var period = BillingPeriod.of(YearMonth.from(now.atZone(words.zone())).minusMonths(1), words.zone());
        var groups = List.of(
                group(line("web-1", "cx-2", period, "0.0119", taxedIn)),
                group(line("db-1", "cx-8", period, "0.0476", taxedIn)));
        var net = groups.stream().map(Documents.Group::amount).reduce(Money.zero(currency), Money::plus);
        var tax = new Money(rounded(net.amount().multiply(isTaxed ? RATE : BigDecimal.ZERO)), currency);
        var total = new Money(rounded(net.plus(tax).amount()), currency);
        var buyer = new Buyer(
                new Address(
                        words.text("specimen.buyer"),
                        words.text("specimen.street"),
                        "12345",
                        words.text("specimen.town"),
                        place),
                "",
                "",
                "");
        var head = new DocumentList.Head(
                NOBODY,
                DocumentKind.INVOICE,
                words.text("specimen") + "-0001",
                "FINAL",
                NOBODY,
                buyer.address().name(),
                period.month(),
                now,
                net,
                total,
                Optional.empty(),
                Optional.of(template.dueOn(LocalDate.ofInstant(now, words.zone()))));
        return new Documents.Paper(
                Optional.of(head),
                NOBODY,
                period,
                Optional.of(seller),
                buyer,
                groups,
                net,
                tax,
                total.minus(net).minus(tax),
                total,
                isTaxed ? List.of(new TaxPart(Treatment.TAXED, place, PERCENT, false, net, tax, tax)) : List.of(),
                new Corrections(Optional.empty(), "", List.of(), Optional.empty()));
    }

    private static Documents.Group group(Line line) {
        return new Documents.Group(line.name(), List.of(line), line.amount());
    }

    private Line line(String name, String plan, BillingPeriod period, String hourly, Optional<String> taxedIn) {
        var hours =
                BigDecimal.valueOf(Duration.between(period.from(), period.to()).toHours());
        var price = new Money(new BigDecimal(hourly), currency);
        var amount = new Money(price.amount().multiply(hours), currency);
        return new Line(
                "SERVICE",
                "SERVICE",
                Optional.empty(),
                name,
                plan,
                period.from(),
                period.to(),
                hours,
                price,
                Money.zero(currency),
                amount,
                taxedIn.map(place -> new LineTax(
                        1,
                        Treatment.TAXED,
                        place,
                        RATE,
                        false,
                        new Money(
                                amount.amount().multiply(RATE).setScale(Money.SCALE, RoundingMode.HALF_UP),
                                currency))));
    }

    private BigDecimal rounded(BigDecimal exact) {
        return exact.setScale(currency.getDefaultFractionDigits(), RoundingMode.HALF_UP);
    }
}
