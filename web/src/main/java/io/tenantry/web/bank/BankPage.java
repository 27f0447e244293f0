package io.tenantry.web.bank;

import io.tenantry.bank.BankFiles;
import io.tenantry.bank.BankLines;
import io.tenantry.identity.Permission;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Paging;
import io.tenantry.web.shell.Uploads;
import io.tenantry.web.shell.Visit;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.Part;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Statements of the reseller's bank: reading a file, the lines that wait, and how columns of its files are called. */
@Named
@RequestScoped
public class BankPage {
    private static final String HERE = "/staff/bank";
    private static final int SHOWN = 100;
    private static final int FILES = 8;

    @Inject
    CurrentPerson me;

    @Inject
    BankFiles files;

    @Inject
    BankLines lines;

    @Inject
    Fmt fmt;

    private String parameter = "";
    private String page = "";
    private @Nullable Part file;
    private @Nullable List<BankLines.Line> found;
    private @Nullable List<BankLines.Imported> imports;
    private BankLines.@Nullable Counts counts;
    private @Nullable Map<String, String> columns;

    /** Looks at it, if it may be seen. */
    public void open() {
        Visit.look(() -> found = lines.lines(getState(), SHOWN, getPaging().first()));
    }

    /** Reads a file. */
    public void read() {
        var chosen = file;
        if (chosen == null || chosen.getSize() == 0) {
            Visit.refuse("statement:file", fmt.text("bank.file.missing"));
            return;
        }
        var outcome = files.take(
                Objects.requireNonNullElse(chosen.getSubmittedFileName(), ""),
                Uploads.content(chosen, BankFiles.BYTES_MAX));
        if (outcome instanceof BankFiles.Outcome.Taken taken) {
            var read = fmt.text("bank.file.taken", taken.lines(), taken.fresh(), taken.booked());
            Visit.go(
                    HERE,
                    taken.uncertain() == 0 ? read : read + " " + fmt.text("bank.file.uncertain", taken.uncertain()));
        } else if (outcome instanceof BankFiles.Outcome.Unreadable unreadable) {
            Visit.refuse(
                    "statement:file",
                    fmt.text("bank.file." + unreadable.reason(), unreadable.detail(), unreadable.line()));
        }
    }

    /** Says how columns are called. */
    public void name() {
        var said = getColumns();
        said.replaceAll((column, name) -> Objects.requireNonNullElse(name, "")); // Forms send nothing as null.
        lines.name(said);
        Visit.go(HERE, fmt.text("bank.columns.saved"));
    }

    /** Which lines are shown: those that wait, unless others were asked for. */
    public BankLines.State getState() {
        return Stream.of(BankLines.State.values())
                .filter(state -> state.name().equals(parameter.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElse(BankLines.State.OPEN);
    }

    /** All sorts of lines. */
    public BankLines.State[] getStates() {
        return BankLines.State.values();
    }

    /** Which part of them is shown. */
    public Paging getPaging() {
        var wanted = page.matches("[0-9]{1,6}") ? Integer.parseInt(page) : 1;
        return Paging.of(wanted, SHOWN, count(getState()));
    }

    public String getPage() {
        return page;
    }

    public void setPage(@Nullable String page) {
        this.page = Objects.requireNonNullElse(page, "");
    }

    /** How many lines stand like that. */
    public int count(BankLines.State state) {
        var known = counts;
        if (known == null) {
            known = lines.counts();
            counts = known;
        }
        return switch (state) {
            case OPEN -> known.open();
            case BOOKED -> known.booked();
            case SET_ASIDE -> known.setAside();
        };
    }

    /** Whether files may be read and lines decided. The use case asks again. */
    public boolean isManaged() {
        return me.may(Permission.STAFF_WALLETS_ADJUST);
    }

    public List<BankLines.Line> getFound() {
        var known = found;
        if (known == null) {
            known = lines.lines(getState(), SHOWN, getPaging().first());
            found = known;
        }
        return known;
    }

    public List<BankLines.Imported> getImports() {
        var known = imports;
        if (known == null) {
            known = lines.imports(FILES);
            imports = known;
        }
        return known;
    }

    /** How columns are called, where otherwise than usual, by what they are. */
    public Map<String, String> getColumns() {
        var known = columns;
        if (known == null) {
            known = new TreeMap<>(lines.columns());
            columns = known;
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
