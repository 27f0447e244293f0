package io.tenantry.demo;

import io.tenantry.billing.invoicing.CreditNotes;
import io.tenantry.billing.invoicing.DocumentList;
import io.tenantry.billing.wallet.WalletAdministration;
import io.tenantry.billing.wallet.WalletAdministration.CurrencyChange;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.billing.wallet.Wallets.Counterpart;
import io.tenantry.demo.DemoBrand.Customer;
import io.tenantry.demo.DemoBrand.PriceChange;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The money of the story's customers: their wallets, and what is credited to them. */
@Dependent
class DemoMoney {
    @Inject
    WalletAdministration wallets;

    @Inject
    DocumentList documents;

    @Inject
    CreditNotes creditNotes;

    private int movements;

    /** Chooses the currency of a new customer, and its credit limit. */
    void open(Customer customer, UUID organizationId, DemoEvent.CustomerAdded customerAdded) {
        var currencyChange =
                wallets.choose(organizationId, customerAdded.brand().currencyOf(customer.country()));
        if (currencyChange != CurrencyChange.DONE && currencyChange != CurrencyChange.UNCHANGED) {
            throw new IllegalStateException(
                    "the demo's customer " + customer.name() + " cannot pay: " + currencyChange);
        }
        if (customerAdded.creditLimit().isPositive()) {
            wallets.limit(wallet(organizationId).id(), of(organizationId, customerAdded.creditLimit()));
        }
    }

    /** Credits a transfer. */
    void transfer(UUID organizationId, Money amount, String reason) {
        wallets.credit(movement(organizationId, amount, Counterpart.CASH, reason));
    }

    /** Gives or takes an amount, as the brand's bookkeeper. */
    void give(UUID organizationId, DemoEvent.GoodwillCredit goodwillCredit) {
        var reason = goodwillCredit.brand().text(goodwillCredit.priceChange());
        var counterpart =
                goodwillCredit.priceChange() == PriceChange.CORRECTION ? Counterpart.CASH : Counterpart.ADJUSTMENT;
        if (goodwillCredit.amount().isNegative()) {
            wallets.debit(movement(organizationId, goodwillCredit.amount().negated(), counterpart, reason));
        } else {
            wallets.credit(movement(organizationId, goodwillCredit.amount(), counterpart, reason));
        }
    }

    /** Credits half of the largest line of an organization's latest invoice. */
    void credit(UUID organizationId, String reason) {
        for (var invoice : documents.rows(organizationId, ListQuery.of(1))) {
            var line = creditNotes.offer(invoice.id()).lines().stream()
                    .max(Comparator.comparing(one -> one.left().amount()))
                    .orElseThrow();
            var half = line.left().amount().divide(BigDecimal.valueOf(2), 2, RoundingMode.DOWN);
            var id = UUID.randomUUID();
            var amounts = Map.of(line.position(), half);
            var outcome = creditNotes.issue(id, invoice.id(), amounts, reason);
            if (outcome instanceof CreditNotes.Outcome.Unconfirmed unconfirmed) {
                outcome = creditNotes.issue(id, invoice.id(), amounts, reason, Optional.of(unconfirmed.total()));
            }
            if (!(outcome instanceof CreditNotes.Outcome.Issued)) {
                throw new IllegalStateException("the demo's credit note was refused: " + outcome);
            }
        }
    }

    private Wallets.Movement movement(UUID organizationId, Money amount, Counterpart counterpart, String reason) {
        movements++;
        return new Wallets.Movement(
                wallet(organizationId).id(), of(organizationId, amount), counterpart, reason, "demo:" + movements);
    }

    /** Returns the same number of units in the customer's currency. */
    private Money of(UUID organizationId, Money amount) {
        return new Money(amount.amount(), wallet(organizationId).balance().currency());
    }

    /** Returns what the wallet's servers cost in that time at the present pace. */
    static BigDecimal spent(Wallets.Balance wallet, Duration time) {
        return wallet.burnPerHour().amount().multiply(BigDecimal.valueOf(time.toHours()));
    }

    /** Returns the wallet of an organization. */
    Wallets.Balance wallet(UUID organizationId) {
        return wallets.of(organizationId).get(0);
    }
}
