package io.tenantry.web.billing.bank;

import io.tenantry.billing.bank.BankTransactionQuery;
import io.tenantry.billing.bank.BankTransactions;
import io.tenantry.billing.bank.StatementImportQuery;
import io.tenantry.billing.bank.StatementImports;
import io.tenantry.billing.bank.StatementImports.UploadOutcome;
import io.tenantry.billing.bank.StatementReviews;
import io.tenantry.kernel.limits.HeavyWork;
import io.tenantry.kernel.limits.WorkLimits;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.Paging;
import io.tenantry.web.layout.QueryParameters;
import io.tenantry.web.layout.Uploads;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Statements of the reseller's bank: uploading a file, drafts, and lines and rows that wait. */
@Named
@RequestScoped
public class BankPage {
    private static final String HERE = "/staff/bank";
    private static final String REVIEW = "review";
    private static final int SHOWN = 100;
    private static final int FILES = 8;

    @Inject
    CurrentPerson me;

    @Inject
    StatementImports imports;

    @Inject
    StatementImportQuery importQuery;

    @Inject
    WorkLimits limits;

    @Inject
    StatementReviews reviews;

    @Inject
    BankTransactions lines;

    @Inject
    BankTransactionQuery query;

    @Inject
    BankLabels labels;

    @Inject
    Format format;

    private String parameter = "";
    private String page = "";
    private @Nullable Part file;
    private @Nullable List<BankTransactions.Line> found;
    private @Nullable List<StatementReviews.ReviewRow> rows;
    private @Nullable List<BankTransactionQuery.Imported> imported;
    private @Nullable List<StatementImportQuery.DraftSummary> drafts;
    private BankTransactionQuery.@Nullable StateCounts stateCounts;
    private @Nullable Integer reviewCount;

    /** Loads the page, if the user may view it. */
    public void open() {
        PageResult.load(isReview() ? this::getRows : this::getFound);
    }

    /** Stores a file as a draft and redirects to its contents. */
    public void upload() {
        var chosen = file;
        if (chosen == null || Uploads.isMissing(chosen)) {
            PageResult.refuse("statement:file", format.text("bank.file.missing"));
            return;
        }
        var name = Objects.requireNonNullElse(chosen.getSubmittedFileName(), "");
        var content = Uploads.content(chosen, StatementImports.BYTES_MAX);
        var outcome = limits.within(HeavyWork.BANK_STATEMENT, () -> imports.upload(name, content));
        if (outcome instanceof UploadOutcome.Saved kept && kept.isOne()) {
            PageResult.go("/staff/bank-import?id=" + kept.imports().get(0));
        } else if (outcome instanceof UploadOutcome.Saved kept) {
            PageResult.go(HERE, labels.kept(kept));
        } else if (outcome instanceof UploadOutcome.Unreadable unreadable) {
            PageResult.refuse("statement:file", labels.problem(unreadable.problem()));
        } else if (outcome instanceof UploadOutcome.TooManyDrafts full) {
            PageResult.refuse("statement:file", format.text("bank.file.full", full.most()));
        }
    }

    /** Books the selected lines to the proposed customers. */
    public void acceptChosen() {
        var chosen = FacesContext.getCurrentInstance()
                .getExternalContext()
                .getRequestParameterValuesMap()
                .getOrDefault("line", new String[0]);
        var booked = 0;
        var left = 0;
        var doubtful = 0;
        for (var id : Stream.of(chosen)
                .limit(SHOWN)
                .flatMap(text -> QueryParameters.id(text).stream())
                .toList()) {
            var outcome = lines.accept(id);
            if (outcome == BankTransactions.Outcome.DONE) {
                booked++;
            } else if (outcome == BankTransactions.Outcome.WARNING) {
                doubtful++;
            } else {
                left++;
            }
        }
        if (booked + left + doubtful == 0) {
            PageResult.refuse(format.text("bank.accept.none"));
            return;
        }
        PageResult.go(HERE, format.text("bank.accept.done", booked, left, doubtful));
    }

    /** Whether rows that need review are shown, rather than lines. */
    public boolean isReview() {
        return parameter.equalsIgnoreCase(REVIEW);
    }

    /** Returns the state of the lines that are shown; by default those that wait. */
    public BankTransactions.State getState() {
        return Stream.of(BankTransactions.State.values())
                .filter(state -> state.name().equals(parameter.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElse(BankTransactions.State.OPEN);
    }

    /** Returns all states of lines. */
    public BankTransactions.State[] getStates() {
        return BankTransactions.State.values();
    }

    /** Returns the base of the addresses of other pages. */
    public String getBase() {
        return HERE + "?state=" + (isReview() ? REVIEW : getState().name().toLowerCase(Locale.ROOT)) + "&page=";
    }

    /** Returns the page of lines that is shown. */
    public Paging getPaging() {
        var wanted = page.matches("[0-9]{1,6}") ? Integer.parseInt(page) : 1;
        return Paging.of(wanted, SHOWN, isReview() ? getReviewCount() : count(getState()));
    }

    public String getPage() {
        return page;
    }

    public void setPage(@Nullable String page) {
        this.page = Objects.requireNonNullElse(page, "");
    }

    /** Returns the number of lines in a state. */
    public int count(BankTransactions.State state) {
        var known = stateCounts;
        if (known == null) {
            known = query.counts();
            stateCounts = known;
        }
        return switch (state) {
            case OPEN -> known.open();
            case BOOKED -> known.booked();
            case IGNORED -> known.setAside();
        };
    }

    /** Returns how many rows need review. */
    public int getReviewCount() {
        var known = reviewCount;
        if (known == null) {
            known = reviews.count();
            reviewCount = known;
        }
        return known;
    }

    /** Whether the user may upload files and decide lines. The use case checks the permission again. */
    public boolean isManaged() {
        return me.may(Permission.STAFF_BILLING_MANAGE);
    }

    /** Whether any of the lines shown can be booked as proposed. */
    public boolean isAcceptable() {
        return isManaged()
                && getState() == BankTransactions.State.OPEN
                && getFound().stream().anyMatch(BankPage::isAcceptable);
    }

    /** Whether a line can be booked as proposed together with others: nothing warns of it. */
    private static boolean isAcceptable(BankTransactions.Line line) {
        return line.proposed().isPresent() && line.warning().isEmpty();
    }

    public List<BankTransactions.Line> getFound() {
        var known = found;
        if (known == null) {
            known = isReview()
                    ? List.of()
                    : query.lines(getState(), SHOWN, getPaging().first());
            found = known;
        }
        return known;
    }

    /** Returns the rows that need review. */
    public List<StatementReviews.ReviewRow> getRows() {
        var known = rows;
        if (known == null) {
            known = isReview() ? reviews.open(SHOWN, getPaging().first()) : List.of();
            rows = known;
        }
        return known;
    }

    public List<BankTransactionQuery.Imported> getImports() {
        var known = imported;
        if (known == null) {
            known = query.imports(FILES);
            imported = known;
        }
        return known;
    }

    public List<StatementImportQuery.DraftSummary> getDrafts() {
        var known = drafts;
        if (known == null) {
            known = importQuery.drafts();
            drafts = known;
        }
        return known;
    }

    public @Nullable Part getFile() {
        return file;
    }

    public void setFile(@Nullable Part file) {
        this.file = file;
    }

    public String getParameter() {
        return parameter;
    }

    public void setParameter(@Nullable String parameter) {
        this.parameter = Objects.requireNonNullElse(parameter, "");
    }
}
