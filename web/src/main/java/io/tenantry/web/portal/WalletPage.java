package io.tenantry.web.portal;

import io.tenantry.billing.wallet.WalletAdministration;
import io.tenantry.billing.wallet.WalletStatements;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.dunning.Dunning;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.list.ListUrl;
import io.tenantry.web.list.Table;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The organization's wallet: the balance, its runway, and every movement with the balance after it. */
@Named
@RequestScoped
public class WalletPage {
    @Inject
    CurrentOrganization organization;

    @Inject
    WalletAdministration wallets;

    @Inject
    StatementColumns columns;

    @Inject
    Dunning dunning;

    private @Nullable List<Wallets.Balance> balances;
    private @Nullable Table<Statement.Row> statement;
    private @Nullable List<WalletStatements.ThresholdCrossed> thresholdEvents;
    private @Nullable List<Dunning.DunningForecast> forecasts;

    /** Whether the user may view money. */
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

    /** Returns the steps that follow without a payment; null while the wallet is above its thresholds, or if no step is in sight. */
    public Dunning.@Nullable DunningForecast getForecast() {
        var known = forecasts;
        if (known == null) {
            var wallet = getWallet();
            known = wallet == null || wallet.alert() == Wallets.BalanceStatus.OK
                    ? List.of()
                    : dunning.of(organization.getId()).stream()
                            .filter(dunningForecast ->
                                    dunningForecast.debt().walletId().equals(wallet.id()))
                            .filter(dunningForecast -> dunningForecast.debt().isOpen()
                                    || !dunningForecast.ahead().isEmpty())
                            .toList();
            forecasts = known;
        }
        return known.isEmpty() ? null : known.get(0);
    }

    public Table<Statement.Row> getStatement() {
        var known = statement;
        if (known == null) {
            var wallet = getWallet();
            known = columns.table(new ListUrl("/portal/wallet", Map.of(), "listing"), "/portal/statement", wallet);
            statement = known;
        }
        return known;
    }

    public List<WalletStatements.ThresholdCrossed> getThresholdEvents() {
        var known = thresholdEvents;
        if (known == null) {
            known = isOpen() ? wallets.thresholdEvents(organization.getId(), 6) : List.of();
            thresholdEvents = known;
        }
        return known;
    }
}
