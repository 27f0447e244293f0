package io.tenantry.architecture;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Which tables a piece of SQL reads and writes. Pieces need not be whole statements, and may be PL/pgSQL or JPQL: a name counts where only a table's may
 * stand. Names of common table expressions, calls of functions, columns, comments and quoted texts are no tables.
 */
final class SqlTables {
    private static final Pattern TOKEN =
            Pattern.compile("--[^\\n]*|'[^']*'|[\\w\u0001]+(?:\\.[\\w\u0001]+)*|[^\\s\\w\u0001]");
    private static final Pattern EXPRESSION = Pattern.compile(
            "(?i)(?:\\bwith(?:\\s+recursive)?|,)\\s+(\\w+)(?:\\s*\\([\\w\\s,]*\\))?\\s+as\\s+(?:(?:not\\s+)?materialized\\s+)?\\(");

    /** What may follow {@code from}, {@code join}, {@code update} or {@code into} instead of a table. */
    private static final Set<String> NO_TABLES = Set.of(
            "select", "values", "set", "of", "on", "or", "skip", "nowait", "do", "strict", "where", "with", "then",
            "and");

    /** End a list of tables on their level. */
    private static final Set<String> ENDS = Set.of(
            "where",
            "group",
            "order",
            "limit",
            "offset",
            "having",
            "union",
            "except",
            "intersect",
            "returning",
            "set",
            "select",
            "for",
            "window",
            "loop",
            "fetch",
            ";",
            "insert",
            "delete",
            "values",
            "end");

    private final List<String> tokens;
    private final Set<String> expressions = new HashSet<>();
    private final Set<Use> uses = new LinkedHashSet<>();

    /** A use of a table, by its name as written, in lower case. */
    record Use(String table, boolean isWrite) {}

    private SqlTables(String sql) {
        tokens = TOKEN.matcher(sql)
                .results()
                .map(MatchResult::group)
                .filter(token -> !token.startsWith("--"))
                .map(token -> token.toLowerCase(Locale.ROOT))
                .toList();
        EXPRESSION
                .matcher(sql)
                .results()
                .forEach(found -> expressions.add(found.group(1).toLowerCase(Locale.ROOT)));
    }

    static Set<Use> in(String sql) {
        var tables = new SqlTables(sql);
        tables.read();
        return tables.uses;
    }

    private void read() {
        Deque<Boolean> lists = new ArrayDeque<>();
        lists.push(false);
        boolean isExpected = false;
        for (int at = 0; at < tokens.size(); at++) {
            var token = tokens.get(at);
            if (isExpected && isName(at)) {
                if (!token.equals("only") && !token.equals("lateral")) {
                    use(at, false);
                    isExpected = false;
                }
            } else if (token.equals("(")) {
                lists.push(false);
            } else if (token.equals(")")) {
                isExpected = false;
                if (lists.size() > 1) {
                    lists.pop();
                }
            } else if (token.equals(",")) {
                isExpected = lists.getFirst();
            } else {
                isExpected = false;
                if (ENDS.contains(token)) {
                    change(lists, false);
                }
                if (token.equals("from") && !token(at - 1).equals("distinct")) {
                    change(lists, true);
                    isExpected = !token(at - 1).equals("delete") || !write(at + 1);
                } else if (token.equals("join") || token.equals("using")) {
                    isExpected = token.equals("join") || !token(at + 1).equals("(");
                } else if (isWriting(at)) {
                    write(at + 1);
                }
            }
        }
    }

    private static void change(Deque<Boolean> lists, boolean isList) {
        lists.pop();
        lists.push(isList);
    }

    private boolean isWriting(int at) {
        return switch (token(at)) {
            case "into" -> Set.of("insert", "merge").contains(token(at - 1));
            case "update" ->
                !Set.of("for", "key", "do", "or", "before", "after").contains(token(at - 1));
            case "truncate" -> !Set.of("or", "before", "after").contains(token(at - 1));
            default -> false;
        };
    }

    private boolean write(int at) {
        var place = token(at).equals("only") || token(at).equals("table") ? at + 1 : at;
        if (isName(place)) {
            use(place, true);
        }
        return true;
    }

    private boolean isName(int at) {
        return token(at).matches("[a-z\u0001][\\w.\u0001]*") && !NO_TABLES.contains(token(at));
    }

    private void use(int at, boolean isWrite) {
        var isCall = !isWrite && token(at + 1).equals("(");
        var isQuery = token(at - 1).equals("(") && token(at).equals(String.valueOf(JavaTexts.UNKNOWN));
        if (!isCall && !isQuery && !expressions.contains(token(at))) {
            uses.add(new Use(token(at), isWrite));
        }
    }

    private String token(int place) {
        return place >= 0 && place < tokens.size() ? tokens.get(place) : "";
    }
}
