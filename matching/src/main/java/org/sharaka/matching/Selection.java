package org.sharaka.matching;

/** The n-th of many numbers without sorting them all. */
final class Selection {
    private Selection() {}

    /**
     * The number that would stand at a place if all were sorted. Puts the numbers in another order.
     *
     * @param at from 0 for the smallest
     */
    static float smallest(float[] numbers, int at) {
        int from = 0;
        int to = numbers.length - 1;
        while (from < to) {
            float pivot = median(numbers[from], numbers[(from + to) >>> 1], numbers[to]);
            int i = from;
            int j = to;
            while (i <= j) {
                while (numbers[i] < pivot) i++;
                while (numbers[j] > pivot) j--;
                if (i > j) break;
                float left = numbers[i];
                numbers[i++] = numbers[j];
                numbers[j--] = left;
            }
            if (at <= j) to = j;
            else if (at >= i) from = i;
            else return pivot;
        }
        return numbers[at];
    }

    private static float median(float a, float b, float c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }
}
