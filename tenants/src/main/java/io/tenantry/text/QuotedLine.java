package io.tenantry.text;

import java.util.ArrayList;

/** A line of a small table as people and spreadsheets write it: fields between semicolons, tabs or commas, any of them in quotes. */
public final class QuotedLine {
    private QuotedLine() {}

    /** The fields, without the quotes around them; the first separator outside of quotes that is not a comma decides, else it is the comma. */
    public static String[] fields(String line) {
        var separator = separator(line);
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        var isQuoted = false;
        for (var i = 0; i < line.length(); i++) {
            var sign = line.charAt(i);
            if (isQuoted) {
                if (sign != '"') {
                    field.append(sign);
                } else if (i + 1 < line.length() && line.charAt(i + 1) == '"') {
                    field.append('"');
                    i++;
                } else {
                    isQuoted = false;
                }
            } else if (sign == '"' && InputText.isBlank(field.toString())) {
                field.setLength(0);
                isQuoted = true;
            } else if (sign == separator) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(sign);
            }
        }
        fields.add(field.toString());
        return fields.toArray(String[]::new);
    }

    private static char separator(String line) {
        var isQuoted = false;
        for (var i = 0; i < line.length(); i++) {
            var sign = line.charAt(i);
            if (sign == '"') {
                isQuoted = !isQuoted;
            } else if (!isQuoted && (sign == ';' || sign == '\t')) {
                return sign;
            }
        }
        return ',';
    }
}
