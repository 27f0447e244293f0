package io.tenantry.web.list;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.kernel.query.ResultPage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TableTest {
    private static final List<Filter> FILTERS = List.of(
            Filter.day("from", "statement.from"),
            new Filter("kind", "statement.kind", "All", List.of(new Filter.Choice("credit", "Money added"))));

    @Test
    void keysetTableLinksNextPageWithoutTotal() {
        var first = endless(Map.of("kind", "credit"), new KeysetSlice<>(List.of("a", "b"), "7"));
        var later = endless(Map.of("before", "7"), new KeysetSlice<>(List.of("c"), ""));

        assertThat(first.keysetLinks()).hasValue(new Table.HiddenFilter("", "/list?kind=credit&before=7"));
        assertThat(first.getCounted()).isEqualTo("table.rows.more");
        assertThat(first.isPaged()).isTrue();
        assertThat(later.keysetLinks()).hasValue(new Table.HiddenFilter("/list", ""));
        assertThat(later.getCounted()).isEqualTo("table.rows");
        assertThat(later.isPaged()).isTrue();
        assertThat(later.paging().total()).isEqualTo(1);
    }

    @Test
    void keysetTableWithOnePageIsNotPaged() {
        var only = endless(Map.of(), new KeysetSlice<>(List.of("a"), ""));
        var none = endless(Map.of(), KeysetSlice.nothing());

        assertThat(only.isPaged()).isFalse();
        assertThat(none.isPaged()).isFalse();
        assertThat(none.isEmpty()).isTrue();
        assertThat(none.isNarrowed()).isFalse();
    }

    @Test
    void countedTableIsPagedWhenLongerThanOnePage() {
        assertThat(counted(25).isPaged()).isFalse();
        assertThat(counted(26).isPaged()).isTrue();
        assertThat(counted(26).getCounted()).isEqualTo("table.rows");
        assertThat(counted(26).keysetLinks()).isEmpty();
    }

    @Test
    void showsDaysInFieldsAndOtherFiltersAsChips() {
        var table = endless(Map.of("from", "2026-11-01", "kind", "credit"), KeysetSlice.nothing());

        assertThat(table.isDated()).isTrue();
        assertThat(table.day("from")).isEqualTo("2026-11-01");
        assertThat(table.day("to")).isEmpty();
        assertThat(endless(Map.of("from", "9999999999-01-01"), KeysetSlice.nothing())
                        .day("from"))
                .isEmpty();
        assertThat(table.getChips())
                .containsExactly(new Table.Chip("statement.kind", "Money added", "/list?from=2026-11-01"));
    }

    private static Table<String> endless(Map<String, String> parameters, KeysetSlice<String> found) {
        return Table.of("list", address(parameters), List.of(), Set.of(), FILTERS, found);
    }

    private static Table<String> counted(int total) {
        return Table.of("list", address(Map.of()), List.of(), Set.of(), FILTERS, new ResultPage<>(List.of("a"), total));
    }

    private static ListAddress address(Map<String, String> parameters) {
        return ListAddress.of(ListUrl.of("/list"), ListUrl.of("/list"), List.of("from", "kind"), parameters::get);
    }
}
