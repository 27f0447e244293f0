package io.tenantry.web.billing.bank;

import io.tenantry.billing.bank.ColumnNames;
import io.tenantry.billing.bank.StatementProfiles;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.layout.ShownRows;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Saved mappings of banks' files, and the column names that were stored before there were mappings. */
@Named
@ViewScoped
public class BankProfiles implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String HERE = "/staff/bank";

    @Inject
    StatementProfiles profiles;

    @Inject
    ColumnNames columnNames;

    @Inject
    Format format;

    private final Map<UUID, String> names = new HashMap<>();
    private final ShownRows<StatementProfiles.Profile> saved = new ShownRows<>();
    private transient @Nullable Map<String, String> columns;

    /** Renames a saved mapping. */
    public void rename(UUID id) {
        switch (profiles.rename(id, Objects.requireNonNullElse(names.get(id), ""))) {
            case DONE -> PageResult.go(HERE, format.text("bank.profile.renamed"));
            case NAME -> PageResult.refuse(nameField(id), format.text("bank.profile.NAME"));
            case TAKEN, NOTHING -> PageResult.refuse(nameField(id), format.text("bank.profile.TAKEN"));
        }
    }

    /** Returns the client id of the name field of a saved mapping. */
    private String nameField(UUID id) {
        var ids = getAll().stream().map(StatementProfiles.Profile::id).toList();
        return "profiles:" + ids.indexOf(id) + ":profile:name";
    }

    /** Deletes a saved mapping. */
    public void delete(UUID id) {
        profiles.delete(id);
        PageResult.go(HERE, format.text("bank.profile.deleted"));
    }

    /** Deletes the column names that were stored before mappings were saved for each bank. */
    public void forgetColumns() {
        columnNames.forget();
        PageResult.go(HERE, format.text("bank.columns.forgotten"));
    }

    public List<StatementProfiles.Profile> getAll() {
        return saved.get(() -> {
            var all = profiles.all();
            all.forEach(profile -> names.putIfAbsent(profile.id(), profile.name()));
            return all;
        });
    }

    /** Returns the names of saved mappings by id. */
    public Map<UUID, String> getNames() {
        return names;
    }

    /** Returns the column names that were stored before mappings were saved for each bank, by role. */
    public Map<String, String> getColumns() {
        var known = columns;
        if (known == null) {
            known = new TreeMap<>(columnNames.columns());
            columns = known;
        }
        return known;
    }
}
