package io.tenantry.web.http;

/** A check of octets that arrive one after the other for well-formed UTF-8 (RFC 3629): no overlong forms, surrogates or values above U+10FFFF. */
final class Utf8Check {
    private static final int ASCII_MAX = 0x7f;
    private static final int FOLLOWING_MIN = 0x80;
    private static final int FOLLOWING_MAX = 0xbf;
    private static final int TWO_MIN = 0xc2;
    private static final int THREE_MIN = 0xe0;
    private static final int SURROGATES = 0xed;
    private static final int FOUR_MIN = 0xf0;
    private static final int FOUR_MAX = 0xf4;
    private static final int THREE_NEXT_MIN = 0xa0;
    private static final int SURROGATES_NEXT_MAX = 0x9f;
    private static final int FOUR_NEXT_MIN = 0x90;
    private static final int FOUR_NEXT_MAX = 0x8f;

    private int missing;
    private int nextMin = FOLLOWING_MIN;
    private int nextMax = FOLLOWING_MAX;

    /** Takes the next octet; returns whether it may follow those before it. */
    boolean accepts(int octet) {
        if (missing > 0) {
            var isExpected = octet >= nextMin && octet <= nextMax;
            expect(missing - 1, FOLLOWING_MIN, FOLLOWING_MAX);
            return isExpected;
        }
        if (octet >= FOUR_MIN) {
            expect(
                    3,
                    octet == FOUR_MIN ? FOUR_NEXT_MIN : FOLLOWING_MIN,
                    octet == FOUR_MAX ? FOUR_NEXT_MAX : FOLLOWING_MAX);
            return octet <= FOUR_MAX;
        }
        if (octet >= THREE_MIN) {
            expect(
                    2,
                    octet == THREE_MIN ? THREE_NEXT_MIN : FOLLOWING_MIN,
                    octet == SURROGATES ? SURROGATES_NEXT_MAX : FOLLOWING_MAX);
            return true;
        }
        if (octet >= TWO_MIN) {
            expect(1, FOLLOWING_MIN, FOLLOWING_MAX);
            return true;
        }
        return octet <= ASCII_MAX;
    }

    private void expect(int octets, int min, int max) {
        missing = octets;
        nextMin = min;
        nextMax = max;
    }

    /** Whether no octet of the last character is missing. */
    boolean isComplete() {
        return missing == 0;
    }
}
