package io.tenantry.web.catalog.pricing;

import io.tenantry.catalog.pricing.PriceItem;
import io.tenantry.catalog.pricing.PriceKey;
import io.tenantry.catalog.pricing.PriceListCsv;
import io.tenantry.catalog.pricing.PriceListPrefill;
import io.tenantry.catalog.pricing.PriceLists;
import io.tenantry.catalog.pricing.PriceLists.Outcome;
import io.tenantry.catalog.pricing.PriceLists.Summary;
import io.tenantry.catalog.pricing.PriceLists.Version;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.TenantId;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.QueryParameters;
import io.tenantry.web.layout.Uploads;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A price list: its versions, the prices of one of them, and all actions on a draft. */
@Named
@ViewScoped
public class PriceListPage implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The maximum number of prices on a page; a file contains all. */
    private static final int SHOWN = 200;

    @Inject
    PriceLists lists;

    @Inject
    PriceListPrefill prefill;

    @Inject
    CurrentPerson me;

    @Inject
    Clock clock;

    @Inject
    Format format;

    @Inject
    WholesaleLabels labels;

    private @Nullable String parameter;
    private @Nullable String chosen;
    private final PriceItemForm item = new PriceItemForm();
    private final PublishForm publication = new PublishForm();
    private final ShownPriceVersion shownPriceVersion = new ShownPriceVersion();
    private @Nullable BigDecimal percent = BigDecimal.ZERO;
    private String account = "";
    private transient @Nullable Part file;
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

    /** Checks the displayed version against the current state; if they differ, reports that and shows the current state. */
    private boolean isOther(String field, boolean withPrices) {
        versions = null;
        items = null;
        var id = getVersion().id();
        var isSame = withPrices ? shownPriceVersion.isSame(id, all()) : shownPriceVersion.isSame(id);
        if (!isSame) {
            PageResult.refuse(field, format.text("pricing.refused.edited"));
            show();
        }
        return !isSame;
    }

    private boolean isOther(String field) {
        return isOther(field, false);
    }

    /** Creates a draft, or continues the existing one. */
    public void draft() {
        var id = lists.draft(known());
        PageResult.go(here(id), format.text("pricing.drafted"));
    }

    /** Discards the draft. */
    public void discard() {
        if (isOther("publish:from")) {
            return;
        }
        showOutcome(
                lists.discard(getVersion().id()), "publish:from", PriceListsPage.ONE + known(), "pricing.discarded");
    }

    /** Sets a price of the draft. */
    public void put() {
        var priced = item.priced(getList().currency());
        if (isOther("item:code")) {
            return;
        }
        if (priced.isEmpty()) {
            PageResult.refuse(
                    "item:monthly",
                    format.text(
                            "pricing.monthly.invalid", labels.highest(getList().currency())));
        } else if (priced.get().isFit(getList().currency())) {
            changed(lists.put(getVersion().id(), List.of(priced.get())), "item:code", "pricing.put");
        } else if (!PriceKey.isProvider(item.getProvider())) {
            PageResult.refuse("item:provider", format.text("pricing.fault.provider", item.getProvider()));
        } else if (!priced.get().key().isRegion()) {
            PageResult.refuse("item:region", format.text("pricing.fault.region", item.getRegion()));
        } else {
            PageResult.refuse("item:code", format.text("pricing.fault.code", item.getCode()));
        }
    }

    /** Removes a price from the draft. */
    public void remove() {
        if (isOther("item:code")) {
            return;
        }
        if (all().stream().noneMatch(one -> one.key().equals(item.key()))) {
            PageResult.refuse("item:code", format.text("pricing.remove.unknown"));
        } else {
            changed(lists.remove(getVersion().id(), List.of(item.key())), "item:code", "pricing.removed");
        }
    }

    /** Replaces the prices of the draft with those of a file. */
    public void read() {
        var given = file;
        if (isOther("import:file")) {
            return;
        }
        if (given == null || given.getSize() == 0) {
            PageResult.refuse("import:file", format.text("rates.missing"));
            return;
        }
        if (given.getSize() > PriceListCsv.LENGTH_MAX) {
            PageResult.refuse("import:file", format.text("pricing.import.large"));
            return;
        }
        var reading = PriceListCsv.read(
                Uploads.content(given, PriceListCsv.LENGTH_MAX), getList().currency());
        if (reading.faults().isEmpty() && reading.items().isEmpty()) {
            PageResult.refuse("import:file", format.text("pricing.fault.no-prices"));
        } else if (reading.faults().isEmpty()) {
            changed(lists.replace(getVersion().id(), reading.items()), "import:file", "pricing.read");
        } else {
            PageResult.refuse(
                    "import:file", labels.faults(reading.faults(), getList().currency()));
        }
    }

    /** Fills the draft with a provider's prices. */
    public void fill() {
        if (isOther("fill:account")) {
            return;
        }
        var parts = account.split("/", 2);
        var id = parts.length < 2 ? Optional.<UUID>empty() : QueryParameters.id(parts[1].strip());
        if (id.isEmpty() || !TenantId.isSlug(parts[0])) {
            PageResult.refuse("fill:account", format.text("pricing.fill.account.invalid"));
            return;
        }
        var outcome = prefill.fill(
                getVersion().id(),
                new TenantId(parts[0]),
                id.get(),
                Objects.requireNonNullElse(percent, BigDecimal.ONE.negate()));
        if (outcome instanceof PriceListPrefill.Outcome.Done done) {
            PageResult.go(here(getVersion().id()), format.text("pricing.filled", done.prices()));
        } else if (outcome instanceof PriceListPrefill.Outcome.NoRate missing) {
            PageResult.refuse("fill:account", format.text("pricing.fill.no-rate", missing.from(), missing.to()));
        } else if (outcome instanceof PriceListPrefill.Outcome.Markup) {
            PageResult.refuse("fill:percent", format.text("pricing.fill.percent.invalid"));
        } else if (outcome instanceof PriceListPrefill.Outcome.Refused refused) {
            changed(refused.why(), "fill:account", "pricing.put");
        } else {
            PageResult.refuse("fill:account", format.text("pricing.fill.no-prices"));
        }
    }

    /** Publishes the draft. */
    public void publish() {
        if (isOther("publish:from", true)) {
            return;
        }
        Optional<Instant> day;
        try {
            day = publication.instant();
        } catch (DateTimeException unreadable) {
            PageResult.refuse("publish:from", format.text("pricing.fault.from", publication.getFrom()));
            return;
        }
        var note = publication.getNote();
        if (note.length() > PriceLists.NOTE_MAX) {
            PageResult.refuse("publish:note", format.text("pricing.note.long"));
            return;
        }
        changed(lists.publish(getVersion().id(), day, note), "publish:from", "pricing.published");
    }

    private void changed(Outcome outcome, String field, String done) {
        showOutcome(outcome, field, here(getVersion().id()), done);
    }

    private void showOutcome(Outcome outcome, String field, String to, String done) {
        if (outcome instanceof Outcome.Done) {
            PageResult.go(to, format.text(done));
        } else {
            PageResult.refuse(field, labels.refusal(outcome));
        }
    }

    private String here(UUID version) {
        return PriceListsPage.ONE + known() + "&version=" + version;
    }

    private UUID known() {
        return PageResult.id("price list", parameter);
    }

    public Summary getList() {
        var it = list;
        if (it == null) {
            it = lists.one(known());
            list = it;
        }
        return it;
    }

    /** Returns the versions, the latest first; a discarded first draft leaves none. */
    public List<Version> getVersions() {
        var it = versions;
        if (it == null) {
            it = lists.versions(known());
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
                    lists.one(known());
                    return new Version(
                            new UUID(0, 0),
                            known(),
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
            it = lists.items(getVersion().id());
            items = it;
        }
        return it;
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

    /** Returns the price that is being set or removed. */
    public PriceItemForm getItem() {
        return item;
    }

    /** Returns the date from which the draft applies, and the note that resellers read about it. */
    public PublishForm getPublication() {
        return publication;
    }

    public @Nullable BigDecimal getPercent() {
        return percent;
    }

    public void setPercent(@Nullable BigDecimal percent) {
        this.percent = percent;
    }

    /** Returns a reseller and one of its provider accounts. */
    public String getAccount() {
        return account;
    }

    public void setAccount(@Nullable String account) {
        this.account = Objects.requireNonNullElse(account, "");
    }

    public @Nullable Part getFile() {
        return file;
    }

    public void setFile(@Nullable Part file) {
        this.file = file;
    }
}
