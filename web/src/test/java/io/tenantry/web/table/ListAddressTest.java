package io.tenantry.web.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListAddressTest {
    private static final List<String> FILTERS = List.of("state", "region");

    @Test
    void saysAllThatItShows() {
        var address = of(Map.of("q", " web & co ", "state", "all", "sort", "-hourly", "size", "50", "page", "3"));

        assertThat(address.getHref()).isEqualTo("/list?q=web+%26+co&state=all&sort=-hourly&size=50&page=3");
        assertThat(address.wish().first()).isEqualTo(100);
        assertThat(address.wish().sort()).isEqualTo("hourly");
        assertThat(address.wish().descending()).isTrue();
        assertThat(address.wish().filter("state")).hasValue("all");
    }

    @Test
    void leavesOutWhatIsUsual() {
        assertThat(of(Map.of("size", "25", "page", "1", "q", "")).getHref()).isEqualTo("/list");
    }

    @Test
    void takesNothingThatIsWrong() {
        var address = of(Map.of("size", "7", "page", "-2", "unknown", "x", "region", "a".repeat(500)));

        assertThat(address.size()).isEqualTo(25);
        assertThat(address.page()).isEqualTo(1);
        assertThat(address.chosen()).containsOnlyKeys("region");
        assertThat(address.chosen().get("region")).hasSize(120);
        assertThat(of(Map.of("page", "99999999999")).page()).isEqualTo(1);
    }

    @Test
    void sortsTheOtherWayTheSecondTime() {
        assertThat(of(Map.of()).sortedBy("name")).isEqualTo("/list?sort=name");
        assertThat(of(Map.of("sort", "name", "page", "4")).sortedBy("name")).isEqualTo("/list?sort=-name");
        assertThat(of(Map.of("sort", "-name")).sortedBy("name")).isEqualTo("/list?sort=name");
    }

    @Test
    void aFilterTakenAwayLeadsToTheFirstPage() {
        var address = of(Map.of("state", "all", "region", "fra", "page", "2"));

        assertThat(address.without("state")).isEqualTo("/list?region=fra");
        assertThat(of(Map.of("q", "x", "state", "all")).without("q")).isEqualTo("/list?state=all");
    }

    @Test
    void theFileHasTheFiltersAndNotThePage() {
        assertThat(of(Map.of("q", "x", "state", "all", "page", "2", "size", "100"))
                        .file("csv"))
                .isEqualTo("/list.csv?q=x&state=all");
    }

    private static ListAddress of(Map<String, String> parameters) {
        return ListAddress.of("/list", FILTERS, parameters::get);
    }
}
