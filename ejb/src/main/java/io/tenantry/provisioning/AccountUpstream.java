package io.tenantry.provisioning;

import io.tenantry.catalog.Plan;
import io.tenantry.identity.NotVisible;
import io.tenantry.provider.Owner;
import io.tenantry.provider.account.AccountRecords;
import io.tenantry.provider.account.Accounts;
import io.tenantry.provider.account.Vendors;
import io.tenantry.provider.stock.Sources;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The accounts that the reseller has connected: plans that are sold from a vendor's list are made there. In an account that is switched
 * off nothing new is made, but what runs there is looked after as before.
 */
@ApplicationScoped
public class AccountUpstream implements Upstream {
    @Inject
    Sources sources;

    @Inject
    AccountRecords records;

    @Inject
    Accounts accounts;

    @Inject
    Vendors vendors;

    /** For the container. */
    public AccountUpstream() {}

    /** For use outside a container. */
    AccountUpstream(Sources sources, AccountRecords records, Accounts accounts, Vendors vendors) {
        this.sources = sources;
        this.records = records;
        this.accounts = accounts;
        this.vendors = vendors;
    }

    @Override
    public boolean makes(UUID planId) {
        return sources.isSold(planId);
    }

    @Override
    public Set<UUID> makes(Collection<UUID> planIds) {
        return sources.sold(planIds);
    }

    @Override
    public Map<UUID, String> sizes(Map<UUID, Plan.Size> plans, Place there) {
        return accountId(there.account())
                .map(account -> sources.sizes(account, there.region(), plans.keySet()))
                .orElse(Map.of());
    }

    @Override
    public Optional<Place> place(UUID planId, Plan.Size size, String region) {
        return making(planId, size, region).place();
    }

    @Override
    public Making making(UUID planId, Plan.Size size, String region) {
        var making = sources.making(planId, region);
        return new Making(
                making.isSold(),
                making.source()
                        .map(source -> new Place(
                                source.accountId().toString(), source.place(), source.size(), source.image())));
    }

    @Override
    public boolean refusesScripts(Place place) {
        return kept(place.account())
                .flatMap(kept -> vendors.of(kept.vendor()))
                .filter(vendor -> !vendor.runsScripts())
                .isPresent();
    }

    @Override
    public Optional<Home> open(String account) {
        return kept(account).map(kept -> home(kept, Map.of()));
    }

    @Override
    public Optional<Home> open(String account, Owner owner) {
        return kept(account)
                .map(kept -> home(
                        kept,
                        vendors.of(kept.vendor())
                                .map(vendor -> vendor.options(owner))
                                .orElse(Map.of())));
    }

    private Home home(AccountRecords.Kept kept, Map<String, String> options) {
        var opened = accounts.open(kept);
        return new Home(opened.provider(), options, opened::masked);
    }

    private static Optional<UUID> accountId(String account) {
        try {
            return Optional.of(UUID.fromString(account));
        } catch (IllegalArgumentException another) {
            return Optional.empty();
        }
    }

    private Optional<AccountRecords.Kept> kept(String account) {
        try {
            return Optional.of(records.kept(UUID.fromString(account)));
        } catch (IllegalArgumentException | NotVisible another) {
            return Optional.empty();
        }
    }
}
