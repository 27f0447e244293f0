package io.tenantry.web.api;

import io.tenantry.billing.charging.ChargeBreakdown;
import io.tenantry.billing.wallet.WalletAdministration;
import io.tenantry.billing.wallet.WalletStatements;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.people.identity.NotFoundException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
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
    WalletAdministration wallets;

    @Inject
    ChargeBreakdown parts;

    @Inject
    ActingOrganization organization;

    /**
     * A wallet.
     *
     * @param hourlyCost what running services cost an hour
     * @param reserved set aside for servers that are being set up
     * @param runwayHours hours until nothing is left; absent while nothing runs
     */
    public record Wallet(
            UUID walletId,
            Money balance,
            Money hourlyCost,
            Money creditLimit,
            Money reserved,
            String balanceStatus,
            boolean parked,
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
        static Transaction of(WalletStatements.StatementLine statementLine) {
            return new Transaction(
                    String.valueOf(statementLine.entryId()),
                    statementLine.at(),
                    statementLine.kind().toLowerCase(Locale.ROOT),
                    statementLine.reason().orElse(null),
                    statementLine.amount(),
                    statementLine.balanceAfter());
        }
    }

    /** The part of a charge that a server or an add-on causes at one price within one calendar month. */
    public record ChargePart(
            UUID id,
            String kind,
            UUID serverId,
            String name,
            @Nullable String plan,
            int quantity,
            int priceVersion,
            Money monthly,
            Money hourly,
            int hours,
            Money surcharge,
            Money amount,
            boolean capped,
            Instant from,
            Instant to) {
        static ChargePart of(ChargeBreakdown.Part part) {
            return new ChargePart(
                    part.thing(),
                    part.kind().toLowerCase(Locale.ROOT),
                    part.serviceId(),
                    part.name(),
                    part.plan().isEmpty() ? null : part.plan(),
                    part.quantity(),
                    part.version(),
                    part.monthly(),
                    part.hourly(),
                    part.hours(),
                    part.increase(),
                    part.paid(),
                    part.isCapped(),
                    part.begins(),
                    part.ends());
        }
    }

    @GET
    @Path("billing/balance")
    public Paging.Page<Wallet> balance(@QueryParam("organization_id") @Nullable String named) {
        return new Paging.Page<>(
                wallets.of(organization.of(named)).stream().map(Wallet::of).toList(), null);
    }

    /** Lists the movements, the newest first; of the only wallet, unless one is named. */
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

    /** Lists the parts of a charge; of the only wallet, unless one is named. */
    @GET
    @Path("transactions/{id}/parts")
    public Paging.Page<ChargePart> parts(
            @PathParam("id") String id,
            @QueryParam("organization_id") @Nullable String named,
            @QueryParam("wallet_id") @Nullable String walletNamed,
            @QueryParam("after") @Nullable String after,
            @QueryParam("limit") @Nullable Integer limit) {
        var rows = Paging.limit(limit);
        var first = Paging.first(after);
        var wallet = wallet(named, walletNamed);
        if (wallet == null) {
            throw new NotFoundException("charge", id);
        }
        var listQuery = ListQuery.of(rows).part(first, rows);
        var found = parts.rows(ChargeBreakdown.BreakdownQuery.of(wallet, id, null), listQuery).stream()
                .map(ChargePart::of)
                .toList();
        return new Paging.Page<>(found, found.size() < rows ? null : String.valueOf(first + rows));
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
