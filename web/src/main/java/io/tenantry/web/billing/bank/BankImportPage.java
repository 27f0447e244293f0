package io.tenantry.web.billing.bank;

import io.tenantry.billing.bank.ProfileSettings;
import io.tenantry.billing.bank.RowPlan;
import io.tenantry.billing.bank.StatementImportQuery;
import io.tenantry.billing.bank.StatementImportQuery.CurrencySum;
import io.tenantry.billing.bank.StatementImportQuery.ImportDetails;
import io.tenantry.billing.bank.StatementImportQuery.ImportRow;
import io.tenantry.billing.bank.StatementImportQuery.PlanTotal;
import io.tenantry.billing.bank.StatementImportQuery.StatedFigure;
import io.tenantry.billing.bank.StatementImports;
import io.tenantry.billing.bank.StatementImports.PostOutcome;
import io.tenantry.billing.bank.StatementImports.State;
import io.tenantry.billing.bank.StatementProfiles;
import io.tenantry.billing.bank.statement.ColumnRole;
import io.tenantry.kernel.limits.HeavyWork;
import io.tenantry.kernel.limits.WorkLimits;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.Lazy;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.Paging;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.context.FacesContext;
import jakarta.faces.model.SelectItem;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.primefaces.PrimeFaces;

/**
 * A bank file: as a draft, how it is read and what each row becomes, to be corrected, posted or discarded; once posted, the outcome of each
 * row.
 */
@Named
@ViewScoped
public class BankImportPage implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String HERE = "/staff/bank-import?id=";
    private static final int SHOWN = 100;

    @Inject
    CurrentPerson me;

    @Inject
    StatementImports imports;

    @Inject
    StatementImportQuery importQuery;

    @Inject
    WorkLimits limits;

    @Inject
    StatementProfiles profiles;

    @Inject
    BankLabels labels;

    @Inject
    Format format;

    private final MappingForm mapping = new MappingForm();
    private @Nullable String parameter;
    private @Nullable UUID id;
    private String show = "";
    private String page = "";
    private int version;
    private boolean isAcknowledged;
    private String profileName = "";
    private final Lazy<ImportDetails> details = new Lazy<>();
    private final Lazy<List<ImportRow>> rows = new Lazy<>();
    private final Lazy<List<PlanTotal>> planTotals = new Lazy<>();
    private final Lazy<List<CurrencySum>> sums = new Lazy<>();
    private final Lazy<List<StatedFigure>> figures = new Lazy<>();

    /** Loads the bank file, if the user may view it. */
    public void open() {
        PageResult.load(() -> {
            var known = PageResult.id("bank import", parameter);
            show(details.get(() -> importQuery.one(known)));
            id = known;
        });
    }

    /** Shows the state that will be posted: its version is kept with the view. */
    private void show(ImportDetails shown) {
        version = shown.version();
        mapping.show(shown);
        profileName = shown.profile().orElse("");
    }

    /** Reads the draft with the settings of the form. */
    public void reread() {
        reread(mapping.stated());
    }

    private void reread(Map<String, String> stated) {
        boolean isCurrent = limits.within(HeavyWork.BANK_STATEMENT, () -> imports.reread(known(), version, stated));
        forget();
        show(getDetails());
        if (!isCurrent) {
            PageResult.refuse(format.text("bank.import.CHANGED"));
            if (FacesContext.getCurrentInstance().getPartialViewContext().isAjaxRequest()) {
                PrimeFaces.current().ajax().update("mapping");
            }
        }
    }

    /** Does the same as {@link #reread}, for browsers without scripts. */
    public void rereadAndShow() {
        reread();
        showReread("bank.import.reread");
    }

    private void showReread(String message) {
        if (!FacesContext.getCurrentInstance().isValidationFailed()) {
            PageResult.go(HERE + known(), format.text(message));
        }
    }

    /** Reads the draft again with the lines that were shown as unknown accepted: they say nothing against its transactions. */
    public void acceptLines() {
        reread(ProfileSettings.accepting(getDetails().settings(), getUnknownLines()));
        showReread("bank.outside.accepted.done");
    }

    /** Reads the draft again without accepted lines. */
    public void askAgain() {
        var settings = new TreeMap<>(getDetails().settings());
        settings.remove(ProfileSettings.ACCEPTED_LINES);
        reread(settings);
        showReread("bank.import.reread");
    }

    /** Saves how the draft is read, for files with the same header. */
    public void saveProfile() {
        switch (profiles.save(known(), profileName)) {
            case DONE -> PageResult.go(HERE + known(), format.text("bank.profile.saved"));
            case NAME -> PageResult.refuse("profile:name", format.text("bank.profile.NAME"));
            case TAKEN -> PageResult.refuse("profile:name", format.text("bank.profile.TAKEN"));
            case NOTHING -> PageResult.refuse("profile:name", format.text("bank.profile.NOTHING"));
        }
    }

    /** Posts the draft as it was shown. */
    public void post() {
        var outcome = imports.post(known(), version, isAcknowledged);
        if (outcome instanceof PostOutcome.Posted) {
            PageResult.go(HERE + known(), format.text("bank.import.POSTED", importQuery.credited(known())));
        } else if (outcome instanceof PostOutcome.NotAcknowledged) {
            PageResult.refuse("post:acknowledged", format.text("bank.import.NOT_ACKNOWLEDGED"));
        } else if (outcome instanceof PostOutcome.Nothing) {
            PageResult.refuse(format.text("bank.import.NOTHING"));
        } else {
            PageResult.refuse(format.text("bank.import.CHANGED"));
            forget();
            show(getDetails());
        }
    }

    /** Discards the draft. */
    public void discard() {
        if (imports.discard(known())) {
            PageResult.go("/staff/bank", format.text("bank.import.DISCARDED"));
        } else {
            PageResult.refuse(format.text("bank.import.CHANGED"));
            forget();
        }
    }

    private void forget() {
        details.forget();
        rows.forget();
        planTotals.forget();
        sums.forget();
        figures.forget();
    }

    private UUID known() {
        return Objects.requireNonNull(id);
    }

    public ImportDetails getDetails() {
        return details.get(() -> importQuery.one(known()));
    }

    /** Whether the import is a draft that can be changed, posted or discarded. */
    public boolean isDraft() {
        return getDetails().state() == State.DRAFT && me.may(Permission.STAFF_BILLING_MANAGE);
    }

    /** Whether it is a table with columns, two of which contain a date and an amount. */
    public boolean isTable() {
        return getDetails().header().size() > 1;
    }

    /** Returns the lines outside the list of transactions that are not understood; nothing is credited before a person accepts them. */
    public List<String> getUnknownLines() {
        return ProfileSettings.lines(getDetails().understood().getOrDefault(ProfileSettings.UNKNOWN_LINES, ""));
    }

    /** Returns such lines that were accepted for this file, or in its saved mapping. */
    public List<String> getAcceptedLines() {
        return ProfileSettings.lines(getDetails().settings().getOrDefault(ProfileSettings.ACCEPTED_LINES, ""));
    }

    /** Whether there is a way of reading the draft that can be saved for its bank. */
    public boolean isSavable() {
        return isDraft()
                && getDetails().problem().isEmpty()
                && (isTable() || !getAcceptedLines().isEmpty());
    }

    /** Whether there is anything to post. */
    public boolean isPostable() {
        return isDraft() && getDetails().problem().isEmpty() && getDetails().rows() > 0;
    }

    /** Whether there are rows to show. */
    public boolean isShown() {
        return !getPlanTotals().isEmpty() && getDetails().state() != State.DISCARDED;
    }

    /** Whether it was imported before rows were stored, so that only its lines exist. */
    public boolean isWithoutRows() {
        return getDetails().state() == State.POSTED && getPlanTotals().isEmpty();
    }

    /** Returns the reason why no row could be read; empty if rows could be read. */
    public String getProblem() {
        return getDetails().problem().map(labels::problem).orElse("");
    }

    /** Returns the settings with which the draft is read. */
    public MappingForm getMapping() {
        return mapping;
    }

    /** Returns the columns that can be chosen for a role. */
    public List<SelectItem> columns(ColumnRole role) {
        return new ColumnChoices(getDetails().header(), getDetails().samples(), format).of(mapping.chosen(role));
    }

    /** Returns the label of a column with a sample value. */
    public String column(int at) {
        return new ColumnChoices(getDetails().header(), getDetails().samples(), format).label(at);
    }

    /** Returns the selected outcome of rows; empty if all rows are shown. */
    public Optional<RowPlan> getPlan() {
        return Stream.of(RowPlan.values())
                .filter(plan -> plan.name().equals(show.toUpperCase(Locale.ROOT)))
                .findFirst();
    }

    /** Returns the outcomes that occur in this file. */
    public List<RowPlan> getPlans() {
        return getPlanTotals().stream().map(PlanTotal::plan).distinct().toList();
    }

    /** Returns the number of rows with an outcome. */
    public int count(RowPlan plan) {
        return getPlanTotals().stream()
                .filter(total -> total.plan() == plan)
                .mapToInt(PlanTotal::count)
                .sum();
    }

    public boolean isAll() {
        return getPlan().isEmpty();
    }

    /** Returns the page of rows that is shown. */
    public Paging getPaging() {
        var wanted = page.matches("[0-9]{1,6}") ? Integer.parseInt(page) : 1;
        return Paging.of(
                wanted,
                SHOWN,
                getPlan().map(this::count).orElseGet(() -> getDetails().rows()));
    }

    /** Returns the base of the addresses of other pages. */
    public String getBase() {
        return HERE + known() + "&show=" + show.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "") + "&page=";
    }

    public List<ImportRow> getRows() {
        return rows.get(
                () -> importQuery.rows(known(), getPlan(), SHOWN, getPaging().first()));
    }

    public List<PlanTotal> getPlanTotals() {
        return planTotals.get(() -> importQuery.planTotals(known()));
    }

    public List<CurrencySum> getSums() {
        return sums.get(() -> importQuery.sums(known()));
    }

    public List<StatedFigure> getFigures() {
        return figures.get(() -> importQuery.figures(known()));
    }

    /** Whether a figure stated in the file differs from the figure of its transactions. */
    public boolean isDifferent() {
        return getFigures().stream().anyMatch(StatedFigure::isDifferent);
    }

    /** Whether nothing is credited because of that, as no rows that need review explain it. */
    public boolean isHeld() {
        return importQuery.isHeld(known());
    }

    public @Nullable String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = parameter;
    }

    public String getShow() {
        return show;
    }

    public void setShow(@Nullable String show) {
        this.show = Objects.requireNonNullElse(show, "");
    }

    public String getPage() {
        return page;
    }

    public void setPage(@Nullable String page) {
        this.page = Objects.requireNonNullElse(page, "");
    }

    public boolean isAcknowledged() {
        return isAcknowledged;
    }

    public void setAcknowledged(boolean isAcknowledged) {
        this.isAcknowledged = isAcknowledged;
    }

    public String getProfileName() {
        return profileName;
    }

    public void setProfileName(@Nullable String profileName) {
        this.profileName = Objects.requireNonNullElse(profileName, "");
    }
}
