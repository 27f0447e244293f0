package io.tenantry.brand;

/**
 * A segment of an outline: a line or a curve within a box.
 *
 * @param isCurve whether it may be curved
 */
record SvgSegment(double left, double top, double right, double bottom, boolean isCurve) {
    /** Whether it is at the same height as another. */
    boolean isAdjacent(SvgSegment other) {
        return top <= other.bottom && other.top <= bottom;
    }

    /** Whether its box shares more with that of another than a corner, where it may continue. */
    boolean isAcross(SvgSegment other) {
        var isAtSide = right <= other.left || other.right <= left;
        var isAtEnd = bottom <= other.top || other.bottom <= top;
        return isTouching(other) && !(isAtSide && isAtEnd);
    }

    /** Whether its box has a point in common with that of another. */
    boolean isTouching(SvgSegment other) {
        return isAdjacent(other) && left <= other.right && other.left <= right;
    }

    /** Returns the box around it and another. */
    SvgSegment with(SvgSegment other) {
        return new SvgSegment(
                Math.min(left, other.left),
                Math.min(top, other.top),
                Math.max(right, other.right),
                Math.max(bottom, other.bottom),
                isCurve || other.isCurve);
    }

    /** Returns the longer side of its box. */
    double longer() {
        return Math.max(right - left, bottom - top);
    }

    /** Returns its maximum distance from the origin. */
    double farthest() {
        return Math.max(Math.max(-left, right), Math.max(-top, bottom));
    }

    /** Returns the segment with an unknown position. */
    SvgSegment anywhere() {
        var far = Double.POSITIVE_INFINITY;
        return new SvgSegment(-far, -far, far, far, isCurve);
    }
}
