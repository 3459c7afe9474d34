// The API, asked with the token of this tab.
const key = "analytics-token";

export const token = {
  get: () => sessionStorage.getItem(key),
  set: (value) => sessionStorage.setItem(key, value),
  forget: () => sessionStorage.removeItem(key),
};

async function call(path, body) {
  const answer = await fetch(path, {
    method: body ? "POST" : "GET",
    headers: { Authorization: `Bearer ${token.get()}`, ...(body && { "Content-Type": "application/json" }) },
    body: body && JSON.stringify(body),
    cache: "no-store",
  });
  if (!answer.ok) throw Object.assign(new Error(`${path}: ${answer.status}`), { status: answer.status });
  return answer.json();
}

export const catalog = () => call("/v1/analytics/catalog");
export const query = (question) => call("/v1/analytics/query", question);

const day = 24 * 60 * 60 * 1000;
const iso = (date) => date.toISOString().slice(0, 10);

/** The range as whole periods that end today: first day, last day, length of a period. */
export function range(days, zone) {
  const today = new Date(`${new Intl.DateTimeFormat("en-CA", { timeZone: zone }).format(new Date())}T00:00:00Z`);
  const to = iso(today);
  if (days <= 31) return { from: iso(new Date(today - (days - 1) * day)), to, grain: "day" };
  if (days <= 100) {
    const monday = today - ((today.getUTCDay() + 6) % 7) * day;
    return { from: iso(new Date(monday - 12 * 7 * day)), to, grain: "week" };
  }
  return { from: iso(new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 11, 1))), to, grain: "month" };
}
