export const total = (net: number[]) => net.reduce((sum, price) => sum + Math.round(price * 1.19), 0);
