package io.tenantry.billing.bank.statement;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers in columns of kinds denote payments only where the German list of business transaction codes says so, as in camt.053. */
class KnownKindsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "051", "052", "51", "52", "152", "166", "167", "168", "169", "171", "174", "189", "192", "194", "196"
            })
    void publishedCodesOfCustomersPaymentsAreKnown(String code) {
        assertThat(KnownKinds.isPayment(code)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "054", "54", "056", "058", "070", "071", "072", "073", "082", "083", "153", "154", "156", "157", "159",
                "165", "181", "198", "201", "202", "206"
            })
    void codesOfOtherBusinessOrWithoutASourceAreNot(String code) {
        assertThat(KnownKinds.isPayment(code)).isFalse();
    }
}
