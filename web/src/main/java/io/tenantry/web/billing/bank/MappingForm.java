package io.tenantry.web.billing.bank;

import io.tenantry.billing.bank.ProfileSettings;
import io.tenantry.billing.bank.StatementImportQuery.ImportDetails;
import io.tenantry.billing.bank.statement.ColumnRole;
import io.tenantry.billing.bank.statement.StatementReader;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The fields of the form that says how a bank file is read. */
public class MappingForm implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Map<String, String> settings = new TreeMap<>();

    /** The user's choices for unknown columns, by column index. */
    private final Map<Integer, String> choices = new TreeMap<>();

    /** Shows how a file was read. */
    void show(ImportDetails shown) {
        settings.clear();
        settings.putAll(shown.understood());
        settings.putAll(shown.settings());
        choices.clear();
        ProfileSettings.columns(settings.getOrDefault(ProfileSettings.UNKNOWN_COLUMNS, ""))
                .forEach(column -> choices.put(column, ""));
        ProfileSettings.columns(settings.getOrDefault(ColumnRole.IGNORED.name(), ""))
                .forEach(column -> choices.put(column, ColumnRole.IGNORED.name()));
    }

    /** Returns the settings of the form with the choices for unknown columns. */
    Map<String, String> stated() {
        var stated = new TreeMap<String, String>();
        settings.forEach((name, value) -> stated.put(name, Objects.requireNonNullElse(value, "")));
        ColumnChoices.apply(choices, stated);
        return stated;
    }

    /** Returns the columns with a role; empty if there is none. */
    String chosen(ColumnRole role) {
        return settings.getOrDefault(role.name(), "");
    }

    /** Returns the roles of columns, those that every table needs first. */
    public List<ColumnRole> getRoles() {
        return ColumnChoices.ROLES;
    }

    /** Returns the unknown columns, and those that were marked as irrelevant. */
    public List<Integer> getAsked() {
        return List.copyOf(choices.keySet());
    }

    public Map<Integer, String> getChoices() {
        return choices;
    }

    /** Returns the roles that an unknown column can have. */
    public List<ColumnRole> getMeanings() {
        return ColumnChoices.MEANINGS;
    }

    /** Returns the settings of the form by name. */
    public Map<String, String> getSettings() {
        return settings;
    }

    /** Returns the names of settings that are not columns, for the page. */
    public String getDateOrderName() {
        return ProfileSettings.DATE_ORDER;
    }

    public String getDecimalMarkName() {
        return ProfileSettings.DECIMAL_MARK;
    }

    public String getEncodingName() {
        return ProfileSettings.ENCODING;
    }

    /** Names of the encodings that can be chosen. */
    public List<String> getEncodings() {
        return StatementReader.encodings();
    }

    public String getUnsignedName() {
        return ProfileSettings.UNSIGNED;
    }

    public String getOtherColumnsName() {
        return ProfileSettings.OTHER_COLUMNS;
    }

    public String getCurrencyName() {
        return ProfileSettings.CURRENCY;
    }

    public String getAccountName() {
        return ProfileSettings.ACCOUNT;
    }
}
