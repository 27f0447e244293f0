package io.tenantry.billing.wallet;

import io.tenantry.catalog.Currencies;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.OrganizationCreated;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Use cases of wallets: members and staff view them, staff move money manually, with a reason. */
@Stateless
public class WalletAdministration {
    private static final int PAGE_MAX = 10_000;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    Wallets wallets;

    @Inject
    WalletStatements statements;

    @Inject
    TenantDirectory tenants;

    @Inject
    Currencies currencies;

    /** For the container. */
    public WalletAdministration() {}

    /** For use outside a container: moves money and sets limits. */
    public WalletAdministration(Access access, AuditTrail audit, Wallets wallets) {
        this.access = access;
        this.audit = audit;
        this.wallets = wallets;
    }

    /** Opens a wallet in the reseller's currency for every new organization, which uses it until it chooses another. */
    public void organizationCreated(@Observes OrganizationCreated event) {
        wallets.open(event.organizationId(), tenants.current().currency());
    }

    /** Outcome of choosing a currency. */
    public enum CurrencyChange {
        DONE,
        /** The organization already pays in it. */
        UNCHANGED,
        /** The reseller does not sell in it. */
        NOT_SOLD,
        /** The wallet has running services, reservations, a balance or a debt. */
        IN_USE
    }

    /** Returns the currency that an organization pays in: visible to anyone who may view its services or its money. */
    public Currency currency(UUID organizationId) {
        if (!access.allowsIn(organizationId, Permission.BILLING_VIEW)) {
            access.requireIn(organizationId, Permission.VPS_VIEW);
        }
        return wallets.currency(organizationId);
    }

    /**
     * Changes the currency that an organization pays in from now on. Chosen by its members, or by staff for it, as long as nothing is running
     * and nothing is left.
     */
    public CurrencyChange choose(UUID organizationId, Currency currency) {
        access.requireIn(organizationId, Permission.BILLING_MANAGE);
        var before = wallets.currency(organizationId);
        if (before.equals(currency)) {
            return CurrencyChange.UNCHANGED;
        }
        if (!currencies.isSold(currency)) {
            return CurrencyChange.NOT_SOLD;
        }
        if (!wallets.change(organizationId, currency)) {
            return CurrencyChange.IN_USE;
        }
        audit.record(
                "wallet.currency_chosen",
                "organization",
                organizationId.toString(),
                Map.of("before", before.getCurrencyCode(), "after", currency.getCurrencyCode()));
        return CurrencyChange.DONE;
    }

    /** Returns the wallets of an organization, with hourly cost and runway. */
    public List<Wallets.Balance> of(UUID organizationId) {
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        return wallets.ofOrganization(organizationId);
    }

    /** Returns lines of a wallet's statement, newest first, before the given entry. */
    public List<WalletStatements.StatementLine> statement(UUID walletId, long before, int limit) {
        access.requireIn(existing(walletId).organizationId(), Permission.BILLING_VIEW);
        return statements.statement(walletId, before, Math.min(limit, PAGE_MAX));
    }

    /** Returns selected lines of a wallet's statement, newest first, before the given entry. */
    public List<WalletStatements.StatementLine> statement(
            UUID walletId, WalletStatements.LineSelection lineSelection, long before, int limit) {
        access.requireIn(existing(walletId).organizationId(), Permission.BILLING_VIEW);
        return statements.statement(walletId, lineSelection, before, Math.min(limit, PAGE_MAX));
    }

    /** As above, for a wallet returned by {@link #of}, which avoids another lookup. */
    public List<WalletStatements.StatementLine> statement(
            Wallets.Balance wallet, WalletStatements.LineSelection lineSelection, long before, int limit) {
        access.requireIn(wallet.organizationId(), Permission.BILLING_VIEW);
        return statements.statement(wallet.id(), lineSelection, before, Math.min(limit, PAGE_MAX));
    }

    /** Returns the latest threshold events of an organization's wallets, newest first. */
    public List<WalletStatements.ThresholdCrossed> thresholdEvents(UUID organizationId, int limit) {
        access.requireIn(organizationId, Permission.BILLING_VIEW);
        return statements.thresholdEvents(organizationId, Math.min(limit, PAGE_MAX));
    }

    /**
     * Returns a wallet, also one that is closed.
     *
     * @throws NotFoundException if there is none
     */
    public Wallets.Balance one(UUID walletId) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return existing(walletId);
    }

    /**
     * Credits a wallet, for programs of the platform. People request it ({@code Adjustments}), because a second person may have to approve.
     *
     * @return the journal entry; empty if the key was used before
     */
    public Optional<Long> credit(Wallets.Movement movement) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        var entry = wallets.credit(movement);
        entry.ifPresent(number -> record("wallet.credited", movement, number));
        return entry;
    }

    /** Debits a wallet, for staff; otherwise like {@link #credit}. */
    public Optional<Long> debit(Wallets.Movement movement) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        var entry = wallets.debit(movement);
        entry.ifPresent(number -> record("wallet.debited", movement, number));
        return entry;
    }

    /**
     * Sets a wallet's credit limit, by the system; people request it where a second person may have to approve.
     *
     * @return the previous limit
     * @throws AccessDeniedException unless the system acts
     */
    public Money limit(UUID walletId, Money creditLimit) {
        if (!Actors.require().isSystem()) {
            throw new AccessDeniedException("system");
        }
        var before = existing(walletId).creditLimit();
        wallets.limit(walletId, creditLimit);
        audit.record("wallet.limit_changed", "wallet", walletId.toString(), Map.of("credit_limit", creditLimit));
        return before;
    }

    /**
     * Reverts a change by {@link #limit}.
     *
     * @param left the limit that was set
     * @param before the limit before that
     * @return false if another limit has been set since
     */
    public boolean limitBack(UUID walletId, Money left, Money before) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        var isBack = wallets.limit(walletId, left, before);
        if (isBack) {
            audit.record("wallet.limit_changed", "wallet", walletId.toString(), Map.of("credit_limit", before));
        }
        return isBack;
    }

    private Wallets.Balance existing(UUID walletId) {
        return wallets.find(walletId).orElseThrow(() -> new NotFoundException("wallet", walletId));
    }

    private void record(String action, Wallets.Movement movement, long entry) {
        audit.record(
                action,
                "wallet",
                movement.walletId().toString(),
                Map.of("amount", movement.amount(), "reason", movement.reason(), "entry", entry));
    }
}
