package io.tenantry.web.billing.bank;

import io.tenantry.billing.bank.statement.ColumnRole;
import io.tenantry.web.layout.Format;
import jakarta.faces.model.SelectItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Columns of a bank file that can be mapped to a role.
 *
 * @param header the names of the columns
 * @param samples a sample value of each
 */
record ColumnChoices(List<String> header, List<String> samples, Format format) {
    static final List<ColumnRole> ROLES = List.of(
            ColumnRole.DATE,
            ColumnRole.AMOUNT,
            ColumnRole.CREDIT,
            ColumnRole.DEBIT,
            ColumnRole.DIRECTION,
            ColumnRole.STATUS,
            ColumnRole.CURRENCY,
            ColumnRole.PAYER,
            ColumnRole.IBAN,
            ColumnRole.PURPOSE,
            ColumnRole.BANK_REFERENCE,
            ColumnRole.ACCOUNT,
            ColumnRole.BALANCE,
            ColumnRole.FEE);

    /** The roles that an unknown column can have; several columns can have the same role. */
    static final List<ColumnRole> MEANINGS =
            List.of(ColumnRole.IGNORED, ColumnRole.STATUS, ColumnRole.PURPOSE, ColumnRole.DIRECTION, ColumnRole.FEE);

    /** Adds the choices for single columns to the settings of a mapping. */
    static void apply(Map<Integer, String> choices, Map<String, String> settings) {
        settings.remove(ColumnRole.IGNORED.name());
        choices.forEach((column, meaning) -> MEANINGS.stream()
                .filter(role -> role.name().equals(meaning))
                .findFirst()
                .ifPresent(role ->
                        settings.merge(role.name(), column.toString(), (a, b) -> a.isEmpty() ? b : a + "," + b)));
    }

    /** Returns each column with a sample value; columns that are currently joined are an additional choice. */
    List<SelectItem> of(String chosen) {
        var items = new ArrayList<SelectItem>();
        items.add(new SelectItem("", format.text("bank.mapping.none")));
        for (var at = 0; at < header.size(); at++) {
            items.add(new SelectItem(Integer.toString(at), label(at)));
        }
        if (chosen.contains(",")) {
            items.add(new SelectItem(chosen, joined(chosen)));
        }
        return items;
    }

    String label(int at) {
        var name = header.get(at).isEmpty() ? format.text("bank.mapping.column", at + 1) : header.get(at);
        var sample = at < samples.size() ? samples.get(at) : "";
        return sample.isEmpty() ? name : name + " (" + sample + ")";
    }

    private String joined(String columns) {
        return String.join(
                " + ",
                Stream.of(columns.split(",", -1))
                        .map(Integer::valueOf)
                        .filter(at -> at < header.size())
                        .map(header::get)
                        .toList());
    }
}
