package io.tenantry.web.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListAddressTest {
    private static final List<String> FILTERS = List.of("state", "region");

    @Test
    void containsEverythingShown() {
        var address = of(Map.of("q", " web & co ", "state", "all", "sort", "-hourly", "size", "50", "page", "3"));

        assertThat(address.getHref()).isEqualTo("/list?q=web+%26+co&state=all&sort=-hourly&size=50&page=3");
        assertThat(address.listQuery().first()).isEqualTo(100);
        assertThat(address.listQuery().sort()).isEqualTo("hourly");
        assertThat(address.listQuery().descending()).isTrue();
        assertThat(address.listQuery().filter("state")).hasValue("all");
    }

    @Test
    void omitsDefaults() {
        assertThat(of(Map.of("size", "25", "page", "1", "q", "")).getHref()).isEqualTo("/list");
    }

    @Test
    void ignoresInvalidParameters() {
        var address = of(Map.of("size", "7", "page", "-2", "unknown", "x", "region", "a".repeat(500)));

        assertThat(address.size()).isEqualTo(25);
        assertThat(address.page()).isEqualTo(1);
        assertThat(address.chosen()).containsOnlyKeys("region");
        assertThat(address.chosen().get("region")).hasSize(120);
        assertThat(of(Map.of("page", "99999999999")).page()).isEqualTo(1);
    }

    @Test
    void reversesSortOrderOnSecondClick() {
        assertThat(of(Map.of()).sortedBy("name")).isEqualTo("/list?sort=name");
        assertThat(of(Map.of("sort", "name", "page", "4")).sortedBy("name")).isEqualTo("/list?sort=-name");
        assertThat(of(Map.of("sort", "-name")).sortedBy("name")).isEqualTo("/list?sort=name");
    }

    @Test
    void removingFilterLeadsToFirstPage() {
        var address = of(Map.of("state", "all", "region", "fra", "page", "2"));

        assertThat(address.without("state")).isEqualTo("/list?region=fra");
        assertThat(of(Map.of("q", "x", "state", "all")).without("q")).isEqualTo("/list?state=all");
    }

    @Test
    void fileAddressKeepsFiltersButNotPage() {
        assertThat(of(Map.of("q", "x", "state", "all", "page", "2", "size", "100"))
                        .file("csv"))
                .isEqualTo("/list.csv?q=x&state=all");
    }

    @Test
    void embeddedListKeepsParametersOfItsPage() {
        var page = new ListUrl("/staff/customer", Map.of("id", "7"), "listing");
        var files = new ListUrl("/staff/statement", Map.of("wallet", "8"), "");
        var parameters = Map.of("id", "7", "state", "all", "before", "42");
        var address = ListAddress.of(page, files, FILTERS, parameters::get);

        assertThat(address.getHref()).isEqualTo("/staff/customer?id=7&state=all&before=42#listing");
        assertThat(address.getPlain()).isEqualTo("/staff/customer?id=7#listing");
        assertThat(address.file("csv")).isEqualTo("/staff/statement.csv?wallet=8&state=all");
        assertThat(page.getAction()).isEqualTo("/staff/customer#listing");
        assertThat(page.getParameters()).containsExactly(new ListUrl.Parameter("id", "7"));
        assertThat(address.isNarrowed()).isTrue();
    }

    @Test
    void changingFilterDropsPageKey() {
        var address = of(Map.of("state", "all", "before", "42"));

        assertThat(address.listQueryByKey().filter("before")).hasValue("42");
        assertThat(address.behind("7")).isEqualTo("/list?state=all&before=7");
        assertThat(address.behind("")).isEqualTo("/list?state=all");
        assertThat(address.with("region", "fra")).isEqualTo("/list?state=all&region=fra");
        assertThat(address.without("state")).isEqualTo("/list");
        assertThat(address.ofSize(50)).isEqualTo("/list?state=all&size=50");
        assertThat(of(Map.of("before", "1 or 1=1")).before()).isEmpty();
        assertThat(of(Map.of("before", "9".repeat(19))).before()).isEmpty();
        assertThat(of(Map.of()).listQueryByKey().filter("before")).isEmpty();
    }

    private static ListAddress of(Map<String, String> parameters) {
        return ListAddress.of(ListUrl.of("/list"), ListUrl.of("/list"), FILTERS, parameters::get);
    }
}
