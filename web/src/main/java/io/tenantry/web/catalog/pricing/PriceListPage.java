package io.tenantry.web.catalog.pricing;

import io.tenantry.catalog.pricing.PriceItem;
import io.tenantry.catalog.pricing.PriceKey;
import io.tenantry.catalog.pricing.PriceListQuery;
import io.tenantry.catalog.pricing.PriceListQuery.Summary;
import io.tenantry.catalog.pricing.PriceListQuery.Version;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A price list: its versions, and the prices of one of them. Drafts are changed by {@link PriceListDraftPage}. */
@Named
@ViewScoped
public class PriceListPage implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The maximum number of prices on a page; a file contains all. */
    private static final int SHOWN = 200;

    @Inject
    PriceListQuery query;

    @Inject
    CurrentPerson me;

    @Inject
    Clock clock;

    private @Nullable String parameter;
    private @Nullable String chosen;
    private final ShownPriceVersion shownPriceVersion = new ShownPriceVersion();
    private transient @Nullable Summary list;
    private transient @Nullable List<Version> versions;
    private transient @Nullable List<PriceItem> items;

    /** Loads the list, if the user may view it. */
    public void open() {
        PageResult.load(() -> {
            getList();
            requireChosen();
            show();
        });
    }

    private void requireChosen() {
        var named = Objects.requireNonNullElse(chosen, "");
        if (!named.isEmpty()
                && getVersions().stream().noneMatch(one -> one.id().toString().equals(named))) {
            throw new NotFoundException("version of a price list", named);
        }
    }

    private void show() {
        shownPriceVersion.is(getVersion().id(), all());
    }

    /** Whether the displayed version is still the one to change. Loads the current state, and shows it if it is not. */
    public boolean isCurrent() {
        forget();
        var isSame = shownPriceVersion.isSame(getVersion().id());
        if (!isSame) {
            show();
        }
        return isSame;
    }

    /** Same as {@link #isCurrent}, also for the displayed prices. */
    public boolean isCurrentWithPrices() {
        forget();
        var isSame = shownPriceVersion.isSame(getVersion().id(), all());
        if (!isSame) {
            show();
        }
        return isSame;
    }

    private void forget() {
        versions = null;
        items = null;
    }

    /** Returns the id of the list. */
    public UUID getListId() {
        return PageResult.id("price list", parameter);
    }

    public Summary getList() {
        var it = list;
        if (it == null) {
            it = query.one(getListId());
            list = it;
        }
        return it;
    }

    /** Returns the versions, the latest first; a discarded first draft leaves none. */
    public List<Version> getVersions() {
        var it = versions;
        if (it == null) {
            it = query.versions(getListId());
            versions = it;
        }
        return it;
    }

    /** Returns the selected version: the one already displayed, the named one, or the latest. */
    public Version getVersion() {
        return getVersions().stream()
                .filter(one -> shownPriceVersion.isKnown(one.id()))
                .findFirst()
                .or(() -> getVersions().stream()
                        .filter(one -> one.id().toString().equals(chosen))
                        .findFirst())
                .or(() -> getVersions().stream().findFirst())
                .orElseGet(() -> {
                    query.one(getListId());
                    return new Version(
                            new UUID(0, 0),
                            getListId(),
                            0,
                            false,
                            "",
                            Optional.empty(),
                            clock.instant(),
                            "",
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            0);
                });
    }

    /** Returns the prices, up to the number that a page shows. */
    public List<PriceItem> getItems() {
        var it = all();
        return it.size() > SHOWN ? it.subList(0, SHOWN) : it;
    }

    private List<PriceItem> all() {
        var it = items;
        if (it == null) {
            it = query.items(getVersion().id());
            items = it;
        }
        return it;
    }

    /** Returns whether the version has a price with that key. */
    public boolean isPriced(PriceKey key) {
        return all().stream().anyMatch(one -> one.key().equals(key));
    }

    /** Returns an amount in the currency of the list. */
    public Money money(BigDecimal amount) {
        return new Money(amount, getList().currency());
    }

    /** Whether there is a draft to continue. */
    public boolean isDrafted() {
        return getVersions().stream().anyMatch(Version::isDraft);
    }

    public boolean isManaged() {
        return me.may(Permission.PLATFORM_TENANTS_MANAGE);
    }

    /** Whether the selected version can be changed. */
    public boolean isEditable() {
        return isManaged() && getVersion().isDraft();
    }

    /** Returns whether a version is not in force yet. */
    public boolean isComing(Version version) {
        return !version.isWithdrawn()
                && version.validFrom().filter(clock.instant()::isBefore).isPresent();
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    public @Nullable String getChosen() {
        return chosen;
    }

    public void setChosen(@Nullable String chosen) {
        this.chosen = chosen;
    }
}
