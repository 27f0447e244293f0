package io.tenantry.web.pricing;

import io.tenantry.identity.Permission;
import io.tenantry.money.Money;
import io.tenantry.pricing.PriceItem;
import io.tenantry.pricing.PriceKey;
import io.tenantry.pricing.PriceListCsv;
import io.tenantry.pricing.PriceListPrefill;
import io.tenantry.pricing.PriceLists;
import io.tenantry.pricing.PriceLists.Change;
import io.tenantry.pricing.PriceLists.Outcome;
import io.tenantry.pricing.PriceLists.Summary;
import io.tenantry.pricing.PriceLists.Version;
import io.tenantry.tenancy.TenantId;
import io.tenantry.text.DateText;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Addresses;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Uploads;
import io.tenantry.web.shell.Visit;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A price list: its versions, the prices of one of them, what differs, and everything that can be done with a draft. */
@Named
@ViewScoped
public class PriceListPage implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A page shows no more prices; a file has all. */
    private static final int SHOWN = 200;

    private static final int BYTES_MAX = 2 * 1024 * 1024;
    private static final int KEYS_SHOWN = 5;

    @Inject
    PriceLists lists;

    @Inject
    PriceListPrefill prefill;

    @Inject
    CurrentPerson me;

    @Inject
    Clock clock;

    @Inject
    Fmt fmt;

    @Inject
    WholesaleWords words;

    private @Nullable String parameter;
    private @Nullable String chosen;
    private @Nullable String with;
    private final PriceItemForm item = new PriceItemForm();
    private String from = "";
    private String note = "";
    private @Nullable BigDecimal percent = BigDecimal.ZERO;
    private String account = "";
    private transient @Nullable Part file;
    private transient @Nullable Summary list;
    private transient @Nullable List<Version> versions;
    private transient @Nullable List<PriceItem> items;

    /** Looks at the list, if it may be seen. */
    public void open() {
        Visit.look(() -> {
            getList();
            getVersion();
        });
    }

    /** Begins a draft, or goes on with the one there is. */
    public void draft() {
        var id = lists.draft(known());
        Visit.go(here(id), fmt.text("pricing.drafted"));
    }

    /** Throws the draft away. */
    public void discard() {
        say(lists.discard(getVersion().id()), "publish:from", PriceListsPage.ONE + known(), "pricing.discarded");
    }

    /** Sets a price of the draft. */
    public void put() {
        var priced = item.priced();
        if (priced.isEmpty()) {
            Visit.refuse("item:monthly", fmt.text("pricing.fault.monthly", ""));
        } else if (PriceLists.isFit(priced.get())) {
            changed(lists.put(getVersion().id(), List.of(priced.get())), "item:code", "pricing.put");
        } else if (!PriceKey.isProvider(item.getProvider())) {
            Visit.refuse("item:provider", fmt.text("pricing.fault.provider", item.getProvider()));
        } else if (!priced.get().key().isRegion()) {
            Visit.refuse("item:region", fmt.text("pricing.fault.region", item.getRegion()));
        } else {
            Visit.refuse("item:code", fmt.text("pricing.fault.code", item.getCode()));
        }
    }

    /** Takes a price out of the draft. */
    public void remove() {
        changed(lists.remove(getVersion().id(), List.of(item.key())), "item:code", "pricing.removed");
    }

    /** Replaces the prices of the draft by those of a file. */
    public void read() {
        var given = file;
        if (given == null || given.getSize() == 0) {
            Visit.refuse("import:file", fmt.text("rates.missing"));
            return;
        }
        if (given.getSize() > BYTES_MAX) {
            Visit.refuse("import:file", fmt.text("pricing.fault.file", ""));
            return;
        }
        var reading = PriceListCsv.read(Uploads.content(given, BYTES_MAX));
        if (reading.faults().isEmpty() && reading.items().isEmpty()) {
            Visit.refuse("import:file", fmt.text("pricing.fault.no-prices"));
        } else if (reading.faults().isEmpty()) {
            changed(lists.replace(getVersion().id(), reading.items()), "import:file", "pricing.read");
        } else {
            Visit.refuse("import:file", words.faults(reading.faults()));
        }
    }

    /** Fills the draft with what a provider asks. */
    public void fill() {
        var parts = account.split("/", 2);
        var id = parts.length < 2 ? Optional.<UUID>empty() : Addresses.id(parts[1].strip());
        if (id.isEmpty() || !TenantId.isSlug(parts[0])) {
            Visit.refuse("fill:account", fmt.text("pricing.fill.account.invalid"));
            return;
        }
        var outcome = prefill.fill(
                getVersion().id(),
                new TenantId(parts[0]),
                id.get(),
                Objects.requireNonNullElse(percent, BigDecimal.ONE.negate()));
        if (outcome instanceof PriceListPrefill.Outcome.Done done) {
            Visit.go(here(getVersion().id()), fmt.text("pricing.filled", done.prices()));
        } else if (outcome instanceof PriceListPrefill.Outcome.NoRate missing) {
            Visit.refuse("fill:account", fmt.text("pricing.fill.no-rate", missing.from(), missing.to()));
        } else if (outcome instanceof PriceListPrefill.Outcome.Markup) {
            Visit.refuse("fill:percent", fmt.text("pricing.fill.percent.invalid"));
        } else if (outcome instanceof PriceListPrefill.Outcome.Refused refused) {
            changed(refused.why(), "fill:account", "pricing.put");
        } else {
            Visit.refuse("fill:account", fmt.text("pricing.fill.no-prices"));
        }
    }

    /** Publishes the draft. */
    public void publish() {
        Optional<Instant> day;
        try {
            day = from.isBlank()
                    ? Optional.empty()
                    : Optional.of(DateText.day(from)
                            .orElseThrow(() -> new DateTimeException("no day"))
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant());
        } catch (DateTimeException unreadable) {
            Visit.refuse("publish:from", fmt.text("pricing.fault.from", from));
            return;
        }
        if (note.length() > PriceLists.NOTE_MAX) {
            Visit.refuse("publish:note", fmt.text("pricing.note.long"));
            return;
        }
        changed(lists.publish(getVersion().id(), day, note), "publish:from", "pricing.published");
    }

    private void changed(Outcome outcome, String field, String done) {
        say(outcome, field, here(getVersion().id()), done);
    }

    private void say(Outcome outcome, String field, String to, String done) {
        if (outcome instanceof Outcome.Done) {
            Visit.go(to, fmt.text(done));
        } else if (outcome instanceof Outcome.TooEarly early) {
            Visit.refuse(field, fmt.text("pricing.refused.early", fmt.date(early.earliest(), "datetime")));
        } else if (outcome instanceof Outcome.Missing missing) {
            Visit.refuse(field, fmt.text("pricing.refused.missing", named(missing.keys())));
        } else if (outcome instanceof Outcome.Unlisted unlisted) {
            Visit.refuse(field, fmt.text("pricing.refused.unlisted", named(unlisted.keys())));
        } else if (outcome instanceof Outcome.Invalid invalid) {
            Visit.refuse(field, fmt.text("pricing.fault.code", named(invalid.keys())));
        } else {
            Visit.refuse(
                    field,
                    fmt.text(
                            outcome instanceof Outcome.Published
                                    ? "pricing.refused.published"
                                    : "pricing.refused.empty"));
        }
    }

    /** The first of them, as lists name them. */
    static String named(Collection<PriceKey> keys) {
        return keys.stream()
                .limit(KEYS_SHOWN)
                .map(key -> (key.provider() + " " + key.code() + " " + key.region()).strip())
                .collect(Collectors.joining(", "));
    }

    private String here(UUID version) {
        return PriceListsPage.ONE + known() + "&version=" + version;
    }

    private UUID known() {
        return Visit.id("price list", parameter);
    }

    public Summary getList() {
        var it = list;
        if (it == null) {
            it = lists.one(known());
            list = it;
        }
        return it;
    }

    /** Its versions, the latest first; of a discarded first draft nothing is left. */
    public List<Version> getVersions() {
        var it = versions;
        if (it == null) {
            it = lists.versions(known());
            versions = it;
        }
        return it;
    }

    /** The version that is looked at: the one that is named, or the latest. */
    public Version getVersion() {
        return getVersions().stream()
                .filter(one -> one.id().toString().equals(chosen))
                .findFirst()
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
                            0);
                });
    }

    /** Its prices, as many as a page shows. */
    public List<PriceItem> getItems() {
        var it = items;
        if (it == null) {
            it = lists.items(getVersion().id());
            items = it;
        }
        return it.size() > SHOWN ? it.subList(0, SHOWN) : it;
    }

    /** The version that it is compared with: the one that is named, or the one before. */
    public @Nullable Version getBefore() {
        return getVersions().stream()
                .filter(one -> one.id().toString().equals(with))
                .findFirst()
                .or(() -> getVersions().stream()
                        .filter(one -> one.number() < getVersion().number())
                        .findFirst())
                .orElse(null);
    }

    /** What differs. */
    public List<Change> getChanges() {
        var before = getBefore();
        return before == null
                ? List.of()
                : lists.compare(before.id(), getVersion().id());
    }

    /** An amount in the currency of the list. */
    public Money money(BigDecimal amount) {
        return new Money(amount, getList().currency());
    }

    public boolean isManaged() {
        return me.may(Permission.PLATFORM_TENANTS_MANAGE);
    }

    /** Whether the version that is looked at can be changed. */
    public boolean isEditable() {
        return isManaged() && getVersion().isDraft();
    }

    /** Whether a version is not in force yet. */
    public boolean isComing(Version version) {
        return version.validFrom().filter(clock.instant()::isBefore).isPresent();
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

    public @Nullable String getWith() {
        return with;
    }

    public void setWith(@Nullable String with) {
        this.with = with;
    }

    /** The price that is being set or removed. */
    public PriceItemForm getItem() {
        return item;
    }

    /** A day, from its first instant in UTC; empty for now. */
    public String getFrom() {
        return from;
    }

    public void setFrom(@Nullable String from) {
        this.from = Objects.requireNonNullElse(from, "");
    }

    public String getNote() {
        return note;
    }

    public void setNote(@Nullable String note) {
        this.note = Objects.requireNonNullElse(note, "");
    }

    public @Nullable BigDecimal getPercent() {
        return percent;
    }

    public void setPercent(@Nullable BigDecimal percent) {
        this.percent = percent;
    }

    /** A reseller and one of its provider accounts. */
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
