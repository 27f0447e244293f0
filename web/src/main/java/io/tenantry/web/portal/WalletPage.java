package io.tenantry.web.portal;

import io.tenantry.identity.Permission;
import io.tenantry.wallet.OrganizationWallets;
import io.tenantry.wallet.Wallets;
import io.tenantry.web.shell.Fmt;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The organization's wallet: what is left, how long it lasts, and every movement with the balance after it. */
@Named
@RequestScoped
public class WalletPage {
    static final int LINES = 40;

    @Inject
    CurrentOrganization organization;

    @Inject
    OrganizationWallets wallets;

    @Inject
    Fmt fmt;

    private long before = Long.MAX_VALUE;
    private @Nullable String from;
    private @Nullable String to;
    private @Nullable String by;
    private @Nullable List<Wallets.Balance> balances;
    private @Nullable Statement statement;
    private @Nullable List<Wallets.Crossing> crossings;

    /** Whether money may be shown. */
    public boolean isOpen() {
        return organization.may(Permission.BILLING_VIEW);
    }

    public Wallets.@Nullable Balance getWallet() {
        var known = balances;
        if (known == null) {
            known = isOpen() ? wallets.of(organization.getId()) : List.of();
            balances = known;
        }
        return known.isEmpty() ? null : known.get(0);
    }

    public Statement getStatement() {
        var known = statement;
        if (known == null) {
            var wallet = getWallet();
            var wish = Statement.Wish.of(from, to, before, by);
            known = Statement.of(wallets, wallet == null ? null : wallet.id(), wish, fmt.zoneOfBooks(), LINES);
            statement = known;
        }
        return known;
    }

    public List<Wallets.Crossing> getCrossings() {
        var known = crossings;
        if (known == null) {
            known = isOpen() ? wallets.crossings(organization.getId(), 6) : List.of();
            crossings = known;
        }
        return known;
    }

    public long getBefore() {
        return before;
    }

    public void setBefore(long before) {
        this.before = before;
    }

    public @Nullable String getFrom() {
        return from;
    }

    public void setFrom(@Nullable String from) {
        this.from = from;
    }

    public @Nullable String getTo() {
        return to;
    }

    public void setTo(@Nullable String to) {
        this.to = to;
    }

    /** {@code hour} for each hour in a row of its own. */
    public @Nullable String getBy() {
        return by;
    }

    public void setBy(@Nullable String by) {
        this.by = by;
    }
}
