package io.tenantry.demo;

import io.tenantry.money.Money;
import io.tenantry.settlement.FeeTerms;
import io.tenantry.settlement.FeeTerms.Tier;
import io.tenantry.settlement.SettlementBooks;
import io.tenantry.settlement.SettlementConsole;
import io.tenantry.settlement.SettlementOffice;
import io.tenantry.settlement.SettlementTaxes.Collects;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;

/** What the platform itself does in the demo: it says who it is, asks fees of its resellers, lets them owe something, and one pays. */
@Dependent
class DemoPlatform {
    private static final BigDecimal LIMIT = BigDecimal.valueOf(2_500);

    @Inject
    SettlementConsole console;

    @Inject
    SettlementBooks books;

    @Inject
    SettlementOffice office;

    /** Says who it is, so that settlements are invoices; once, however often the demo is begun. */
    void sayWhoItIs() {
        Tenancy.in(Scope.PLATFORM, () -> {
            var outcome = office.sell(DemoParties.PLATFORM, Collects.HOME);
            if (!(outcome instanceof SettlementOffice.Outcome.Done
                    || outcome instanceof SettlementOffice.Outcome.Unchanged)) {
                throw new IllegalStateException("the demo's platform could not say who it is: " + outcome);
            }
            return outcome;
        });
    }

    /** Fees of the brands' currencies, from a month on. */
    void askFees(YearMonth from) {
        Tenancy.in(Scope.PLATFORM, () -> {
            DemoBrand.ALL.stream()
                    .map(brand -> brand.whole(0).currency())
                    .distinct()
                    .forEach(currency -> write(from, terms(currency)));
            return from;
        });
    }

    private void write(YearMonth from, FeeTerms terms) {
        var outcome = console.write(null, from, terms);
        if (!(outcome instanceof SettlementConsole.Outcome.Done)) {
            throw new IllegalStateException("the demo's fee terms were refused: " + outcome);
        }
    }

    private static FeeTerms terms(Currency currency) {
        return new FeeTerms(
                currency,
                List.of(
                        new Tier(Money.zero(currency), new BigDecimal("4")),
                        new Tier(new Money(BigDecimal.valueOf(1_000), currency), new BigDecimal("2.5"))),
                new Money(new BigDecimal("0.15"), currency),
                new Money(new BigDecimal("0.50"), currency),
                new Money(BigDecimal.valueOf(25), currency));
    }

    /** Every brand may owe something, and has paid its first settlement. */
    void settleUp(YearMonth from) {
        Tenancy.in(Scope.PLATFORM, () -> {
            console.resellers().forEach(reseller -> {
                var account = reseller.account();
                console.limit(
                        account.tenant(), new Money(LIMIT, account.balance().currency()));
                books.months(account.tenant(), from, from.plusYears(1)).stream()
                        .reduce((later, earlier) -> earlier)
                        .filter(oldest -> oldest.payable().isPositive())
                        .ifPresent(oldest ->
                                console.pay(account.tenant(), oldest.id(), oldest.payable(), oldest.number()));
            });
            return from;
        });
    }

    /** The month of an instant, as terms begin with it. */
    static YearMonth month(Instant instant) {
        return YearMonth.from(instant.atZone(ZoneOffset.UTC));
    }
}
