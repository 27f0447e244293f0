package io.tenantry.web.api;

import io.tenantry.money.Money;
import io.tenantry.wallet.OrganizationWallets;
import io.tenantry.wallet.Wallets;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An organization's money. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@RequestScoped
@ResellerHost
public class BillingResource {
    @Inject
    OrganizationWallets wallets;

    @Inject
    ActingOrganization organization;

    /**
     * A wallet.
     *
     * @param burnPerHour what running services cost an hour
     * @param held set aside for servers that are being set up
     * @param runwayHours hours until nothing is left; absent while nothing runs
     */
    public record Wallet(
            UUID walletId,
            Money balance,
            Money burnPerHour,
            Money creditLimit,
            Money held,
            String alert,
            boolean isParked,
            @Nullable Long runwayHours) {
        static Wallet of(Wallets.Balance balance) {
            return new Wallet(
                    balance.id(),
                    balance.balance(),
                    balance.burnPerHour(),
                    balance.creditLimit(),
                    balance.held(),
                    balance.alert().name().toLowerCase(Locale.ROOT),
                    balance.parked().isPresent(),
                    balance.runwayHours().orElse(null));
        }
    }

    /** A movement on a wallet. */
    public record Transaction(
            String id, Instant at, String kind, @Nullable String reason, Money amount, Money balanceAfter) {
        static Transaction of(Wallets.Line line) {
            return new Transaction(
                    String.valueOf(line.entryId()),
                    line.at(),
                    line.kind().toLowerCase(Locale.ROOT),
                    line.reason().orElse(null),
                    line.amount(),
                    line.balanceAfter());
        }
    }

    @GET
    @Path("billing/balance")
    public Paging.Page<Wallet> balance(@QueryParam("organization_id") @Nullable String named) {
        return new Paging.Page<>(
                wallets.of(organization.of(named)).stream().map(Wallet::of).toList(), null);
    }

    /** Movements, the newest first; of the only wallet, unless one is named. */
    @GET
    @Path("transactions")
    public Paging.Page<Transaction> transactions(
            @QueryParam("organization_id") @Nullable String named,
            @QueryParam("wallet_id") @Nullable String walletNamed,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit) {
        var rows = Paging.limit(limit);
        var before = Paging.cursor(after, Long.MAX_VALUE);
        var wallet = wallet(named, walletNamed);
        if (wallet == null) {
            return new Paging.Page<>(List.of(), null);
        }
        var found = wallets.statement(wallet, before, rows).stream()
                .map(Transaction::of)
                .toList();
        return new Paging.Page<>(
                found, found.size() < rows ? null : found.get(rows - 1).id());
    }

    private @Nullable UUID wallet(@Nullable String named, @Nullable String walletNamed) {
        if (walletNamed != null && !walletNamed.isBlank()) {
            return ActingOrganization.id("wallet_id", walletNamed);
        }
        return wallets.of(organization.of(named)).stream()
                .map(Wallets.Balance::id)
                .findFirst()
                .orElse(null);
    }
}
