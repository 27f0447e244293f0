package io.tenantry.web.catalog.pricing;

import io.tenantry.catalog.pricing.PriceItem;
import io.tenantry.catalog.pricing.PriceKey;
import io.tenantry.catalog.pricing.PriceListCsv;
import io.tenantry.catalog.pricing.PriceListPrefill;
import io.tenantry.catalog.pricing.PriceListPublications;
import io.tenantry.catalog.pricing.PriceLists;
import io.tenantry.catalog.pricing.PriceLists.Outcome;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.TenantId;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.QueryParameters;
import io.tenantry.web.layout.Uploads;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All actions on the draft of a price list: its prices, set singly, from a file or from a provider's, and its publication. */
@Named
@ViewScoped
public class PriceListDraftPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    PriceListPage page;

    @Inject
    PriceLists lists;

    @Inject
    PriceListPublications publications;

    @Inject
    PriceListPrefill prefill;

    @Inject
    Format format;

    @Inject
    WholesaleLabels labels;

    private final PriceItemForm item = new PriceItemForm();
    private final PublishForm publication = new PublishForm();
    private @Nullable BigDecimal percent = BigDecimal.ZERO;
    private String account = "";
    private transient @Nullable Part file;

    /** Refuses to change anything if the page showed something else. */
    private boolean isRefused(String field, boolean isCurrent) {
        if (!isCurrent) {
            PageResult.refuse(field, format.text("pricing.refused.edited"));
        }
        return !isCurrent;
    }

    /** Creates a draft, or continues the existing one. */
    public void begin() {
        var id = lists.draft(page.getListId());
        PageResult.go(here(id), format.text("pricing.drafted"));
    }

    /** Discards the draft. */
    public void discard() {
        if (isRefused("publish:from", page.isCurrent())) {
            return;
        }
        showOutcome(
                lists.discard(page.getVersion().id()),
                "publish:from",
                PriceListsPage.ONE + page.getListId(),
                "pricing.discarded");
    }

    /** Sets a price of the draft. */
    public void put() {
        var priced = item.priced(page.getList().currency());
        if (isRefused("item:code", page.isCurrent())) {
            return;
        }
        if (priced.isEmpty()) {
            PageResult.refuse(
                    "item:monthly",
                    format.text(
                            "pricing.monthly.invalid",
                            labels.highest(page.getList().currency())));
        } else if (priced.get().isFit(page.getList().currency())) {
            changed(lists.put(page.getVersion().id(), List.of(priced.get())), "item:code", "pricing.put");
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
        if (isRefused("item:code", page.isCurrent())) {
            return;
        }
        if (!page.isPriced(item.key())) {
            PageResult.refuse("item:code", format.text("pricing.remove.unknown"));
        } else {
            changed(lists.remove(page.getVersion().id(), List.of(item.key())), "item:code", "pricing.removed");
        }
    }

    /** Replaces the prices of the draft with those of a file. */
    public void read() {
        var given = file;
        if (isRefused("import:file", page.isCurrent())) {
            return;
        }
        if (given == null || Uploads.isMissing(given)) {
            PageResult.refuse("import:file", format.text("rates.missing"));
            return;
        }
        if (given.getSize() > PriceListCsv.LENGTH_MAX) {
            PageResult.refuse("import:file", format.text("pricing.import.large"));
            return;
        }
        var reading = PriceListCsv.read(
                Uploads.content(given, PriceListCsv.LENGTH_MAX), page.getList().currency());
        if (reading.faults().isEmpty() && reading.items().isEmpty()) {
            PageResult.refuse("import:file", format.text("pricing.fault.no-prices"));
        } else if (reading.faults().isEmpty()) {
            changed(lists.replace(page.getVersion().id(), reading.items()), "import:file", "pricing.read");
        } else {
            PageResult.refuse(
                    "import:file",
                    labels.faults(reading.faults(), page.getList().currency()));
        }
    }

    /** Fills the draft with a provider's prices. */
    public void fill() {
        if (isRefused("fill:account", page.isCurrent())) {
            return;
        }
        var parts = account.split("/", 2);
        var id = parts.length < 2 ? Optional.<UUID>empty() : QueryParameters.id(parts[1].strip());
        if (id.isEmpty() || !TenantId.isSlug(parts[0])) {
            PageResult.refuse("fill:account", format.text("pricing.fill.account.invalid"));
            return;
        }
        var outcome = prefill.fill(
                page.getVersion().id(),
                new TenantId(parts[0]),
                id.get(),
                Objects.requireNonNullElse(percent, BigDecimal.ONE.negate()));
        if (outcome instanceof PriceListPrefill.Outcome.Done done) {
            PageResult.go(here(page.getVersion().id()), format.text("pricing.filled", done.prices()));
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
        if (isRefused("publish:from", page.isCurrentWithPrices())) {
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
        if (note.length() > PriceListPublications.NOTE_MAX) {
            PageResult.refuse("publish:note", format.text("pricing.note.long"));
            return;
        }
        changed(publications.publish(page.getVersion().id(), day, note), "publish:from", "pricing.published");
    }

    private void changed(Outcome outcome, String field, String done) {
        showOutcome(outcome, field, here(page.getVersion().id()), done);
    }

    private void showOutcome(Outcome outcome, String field, String to, String done) {
        if (outcome instanceof Outcome.Done) {
            PageResult.go(to, format.text(done));
        } else {
            PageResult.refuse(field, labels.refusal(outcome));
        }
    }

    private String here(UUID version) {
        return PriceListsPage.ONE + page.getListId() + "&version=" + version;
    }

    /** Returns the maximum price. */
    public Money getMost() {
        var currency = page.getList().currency();
        return new Money(PriceItem.highest(currency), currency);
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
