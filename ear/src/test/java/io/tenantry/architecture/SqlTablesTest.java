package io.tenantry.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.architecture.SqlTables.Use;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link TableOwnershipTest} sees, by small examples: one that saw nothing would never fail. */
class SqlTablesTest {
    @Test
    void findsReadTables() {
        assertThat(reads("select a.x from a where exists (select from b where b.id = a.id)"))
                .containsExactly("a", "b");
        assertThat(reads("select 1 from a x join b y on y.id = x.id left join c using (id), d where true"))
                .containsExactly("a", "b", "c", "d");
        assertThat(reads(
                        "select (select count(*) from a), b.y from only b cross join lateral (select max(z) from c) m"))
                .containsExactly("a", "b", "c");
        assertThat(reads("select * from (a join b on true) where x = any (select y from work.c)"))
                .containsExactly("a", "b", "work.c");
        assertThat(reads(" left join a on a.id = b.id")).containsExactly("a");
        assertThat(reads("select s from Service s where s.id in (:ids)")).containsExactly("service");
    }

    @Test
    void findsWrittenTables() {
        assertThat(writes("insert into a (x) select x from b on conflict do update set x = excluded.x"))
                .containsExactly("a");
        assertThat(writes("update a set x = 1 from b where b.id = a.id")).containsExactly("a");
        assertThat(reads("update a set x = 1 from b where b.id = a.id")).containsExactly("b");
        assertThat(writes("delete from a using b where b.id = a.id")).containsExactly("a");
        assertThat(reads("delete from a using b where b.id = a.id")).containsExactly("b");
        assertThat(writes("with gone as (delete from a returning id) insert into b select id from gone"))
                .containsExactly("a", "b");
        assertThat(writes("truncate a; merge into b using c on true")).containsExactly("a", "b");
    }

    @Test
    void ignoresNamesThatAreNoTables() {
        assertThat(
                        SqlTables.in(
                                "select extract(epoch from o.at), x is distinct from y, month_end(x) from f(1) g where z = 'from a' -- from b"))
                .allMatch(use -> use.table().equals("o.at"));
        assertThat(reads("with a as (select 1), b as materialized (select 2) select * from a, b, c"))
                .containsExactly("c");
        assertThat(writes("select 1 from a for no key update of a skip locked")).isEmpty();
        assertThat(writes("select 1 into x from a for update")).isEmpty();
        assertThat(
                        SqlTables.in(
                                "create trigger t before update or delete or truncate on a for each statement execute function f()"))
                .isEmpty();
        assertThat(reads("select a from (\u0001) b join c on true")).containsExactly("c");
        assertThat(reads("select a, b from c order by d, e")).containsExactly("c");
    }

    @Test
    void joinsStringConstantsLikeCompiler() {
        assertThat(JavaTexts.of("""
                class A {
                    // "comment"
                    static final String B = "from " + C;
                    static final String C = "c" + " where x = '";
                    static final char QUOTE = '"';
                    void d(String e) {
                        f("select 1 " + B + e + "'", g("h"), 'i', "%s j".formatted("k") + "l", B + "m");
                    }
                }
                """))
                .contains("select 1 from c where x = '\u0001'", "h", "\u0001 jl", "k", "from c where x = 'm")
                .doesNotContain("comment");
        assertThat(JavaTexts.of(
                        "String a = \"\"\"\n  select \\\"b\\\" \\\n  from ${c}_d\n  \"\"\".replace(\"${c}\", \"e\");"))
                .containsExactlyInAnyOrder("\n  select \"b\"   from \u0001_d\n  ", "\u0001", "e");
    }

    @Test
    void marksTableNamesKnownOnlyAtRunTime() {
        var texts = JavaTexts.of(
                "sql.update(\"update \" + table + \" set x = 1\"); sql.query(\"select 1 from \" + TABLE);");
        assertThat(texts.stream().flatMap(text -> SqlTables.in(text).stream()))
                .containsExactly(new Use("\u0001", true), new Use("\u0001", false));
    }

    private static List<String> reads(String sql) {
        return tables(sql, false);
    }

    private static List<String> writes(String sql) {
        return tables(sql, true);
    }

    private static List<String> tables(String sql, boolean isWrite) {
        var tables = new ArrayList<String>();
        SqlTables.in(sql).stream().filter(use -> use.isWrite() == isWrite).forEach(use -> tables.add(use.table()));
        return tables;
    }
}
