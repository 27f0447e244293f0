package io.tenantry.web.portal;

import io.tenantry.dunning.Dunning;
import io.tenantry.identity.Permission;
import io.tenantry.wallet.OrganizationWallets;
import io.tenantry.wallet.Wallets;
import io.tenantry.web.table.Base;
import io.tenantry.web.table.Table;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The organization's wallet: what is left, how long it lasts, and every movement with the balance after it. */
@Named
@RequestScoped
public class WalletPage {
    @Inject
    CurrentOrganization organization;

    @Inject
    OrganizationWallets wallets;

    @Inject
    StatementColumns columns;

    @Inject
    Dunning dunning;

    private @Nullable List<Wallets.Balance> balances;
    private @Nullable Table<Statement.Row> statement;
    private @Nullable List<Wallets.Crossing> crossings;
    private @Nullable List<Dunning.Outlook> outlooks;

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

    /** What happens if no money comes; nothing while the wallet is fine, or if nothing is in sight. */
    public Dunning.@Nullable Outlook getOutlook() {
        var known = outlooks;
        if (known == null) {
            var wallet = getWallet();
            known = wallet == null || wallet.alert() == Wallets.Alert.FINE
                    ? List.of()
                    : dunning.of(organization.getId()).stream()
                            .filter(outlook -> outlook.debt().walletId().equals(wallet.id()))
                            .filter(outlook ->
                                    outlook.debt().isOpen() || !outlook.ahead().isEmpty())
                            .toList();
            outlooks = known;
        }
        return known.isEmpty() ? null : known.get(0);
    }

    public Table<Statement.Row> getStatement() {
        var known = statement;
        if (known == null) {
            var wallet = getWallet();
            known = columns.table(new Base("/portal/wallet", Map.of(), "listing"), "/portal/statement", wallet);
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
}
